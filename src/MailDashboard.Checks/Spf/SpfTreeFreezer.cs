using System.Collections.Immutable;

namespace MailDashboard.Checks.Spf;

/// <summary>Turns a grown tree into the immutable one, counting in the order of evaluation.</summary>
internal sealed class SpfTreeFreezer
{
    private int _lookups;
    private int _voids;
    private bool _isComplete = true;

    public static SpfTree Freeze(SpfBranch root)
    {
        var freezer = new SpfTreeFreezer();
        var record = freezer.Record(root);
        return new SpfTree(record, freezer._lookups, freezer._voids, freezer._isComplete);
    }

    private SpfTreeRecord Record(SpfBranch branch)
    {
        _isComplete &= branch.State != SpfRecordState.Undetermined;
        return new SpfTreeRecord(branch.Domain, branch.State) { Texts = branch.Texts, Terms = Terms(branch), Failure = branch.Failure };
    }

    private ImmutableArray<SpfNode> Terms(SpfBranch branch)
    {
        if (branch.Record is not { } record)
        {
            return [];
        }

        // redirect is evaluated after every mechanism, wherever it stands.
        var nodes = new SpfNode[record.Terms.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            if (i != record.Redirect)
            {
                nodes[i] = Node(record, i, branch.Leaves[i]);
            }
        }

        if (record.Redirect >= 0)
        {
            nodes[record.Redirect] = Node(record, record.Redirect, branch.Leaves[record.Redirect]);
        }

        return [.. nodes];
    }

    private SpfNode Node(SpfRecord record, int index, SpfLeaf leaf)
    {
        ref readonly var term = ref record.Terms.ItemRef(index);
        var before = _lookups;
        var cost = term.CostsLookup && leaf.Note != SpfNote.Ignored ? 1 : 0;
        _lookups += cost;
        _voids += leaf.Note == SpfNote.Void ? 1 : 0;
        _isComplete &= leaf.Note is not (SpfNote.NotFollowed or SpfNote.Undetermined)
            && (leaf.Note != SpfNote.DependsOnMacro || term.Kind is not (SpfTermKind.Include or SpfTermKind.Redirect));
        var passes = cost == 1 && before == SpfLimits.Lookups;
        var included = leaf.Included is { } below ? Record(below) : null;
        return new SpfNode(record.TextOf(term).ToString(), term.Kind, term.Qualifier)
        {
            Term = term,
            Target = leaf.Target,
            Cost = cost,
            TotalCost = _lookups - before,
            Cumulative = _lookups,
            PassesLimit = passes,
            Note = leaf.Note,
            Included = included,
            Failure = leaf.Failure,
        };
    }
}
