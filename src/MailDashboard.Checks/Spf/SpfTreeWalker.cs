using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>
/// Follows a record to its ends, level by level so that the questions of one level run side by side, and within bounds,
/// so that a zone which answers with ever new records is left alone in the end.
/// </summary>
public sealed class SpfTreeWalker
{
    /// <summary>Records followed; ten look-ups allow for no more than eleven.</summary>
    public const int MostRecords = 64;

    /// <summary>Levels followed.</summary>
    public const int MostLevels = 12;

    /// <summary>Names of <c>a</c>, <c>mx</c>, <c>exists</c> and <c>exp</c> asked about.</summary>
    public const int MostNames = 100;

    private readonly IDnsResolver _dns;
    private readonly string _domain;
    private readonly string? _draft;
    private readonly CancellationToken _cancellationToken;
    private readonly List<Task> _names = [];
    private int _records;

    private SpfTreeWalker(IDnsResolver dns, string domain, string? draft, CancellationToken cancellationToken)
    {
        _dns = dns;
        _domain = domain;
        _draft = draft;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Builds the tree of a domain.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<SpfTree> WalkAsync(IDnsResolver dns, string domain, CancellationToken cancellationToken) =>
        WalkAsync(dns, domain, null, cancellationToken);

    /// <summary>Builds the tree that a domain would have with this record, whatever stands there now.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<SpfTree> WalkDraftAsync(IDnsResolver dns, string domain, string text, CancellationToken cancellationToken) =>
        WalkAsync(dns, domain, text, cancellationToken);

    private static async Task<SpfTree> WalkAsync(IDnsResolver dns, string domain, string? draft, CancellationToken cancellationToken)
    {
        var walker = new SpfTreeWalker(dns, DnsNames.Normalize(domain), draft, cancellationToken);
        var root = new SpfBranch(walker._domain, null);
        List<SpfBranch> level = [root];
        while (level.Count > 0)
        {
            level = await walker.FollowAsync(level).ConfigureAwait(false);
        }

        await Task.WhenAll(walker._names).ConfigureAwait(false);
        return SpfTreeFreezer.Freeze(root);
    }

    private async Task<List<SpfBranch>> FollowAsync(List<SpfBranch> level)
    {
        _records += level.Count;
        await Task.WhenAll(level.Select(AskAsync)).ConfigureAwait(false);
        var next = new List<SpfBranch>();
        foreach (var branch in level.Where(b => b.State == SpfRecordState.Valid))
        {
            for (var i = 0; i < branch.Record!.Terms.Length; i++)
            {
                Visit(branch, i, next);
            }
        }

        return next;
    }

    private async Task AskAsync(SpfBranch branch)
    {
        if (!SpfNames.IsCheckable(branch.Domain))
        {
            branch.State = SpfRecordState.NoSuchName;
            return;
        }

        if (branch.Parent is null && _draft is not null)
        {
            branch.Take(new DnsAnswer(new DnsQuestion(branch.Domain, DnsRecordType.TXT), DnsStatus.Answered) { Records = [new TxtRecord(branch.Domain, 0, _draft)] });
            return;
        }

        branch.Take(await _dns.QueryAsync(branch.Domain, DnsRecordType.TXT, _cancellationToken).ConfigureAwait(false));
    }

    private void Visit(SpfBranch branch, int index, List<SpfBranch> next)
    {
        ref readonly var term = ref branch.Record!.Terms.ItemRef(index);
        var leaf = branch.Leaves[index];
        if (leaf.Note == SpfNote.Ignored)
        {
            return;
        }

        switch (term.Kind)
        {
            case SpfTermKind.Include or SpfTermKind.Redirect or SpfTermKind.A or SpfTermKind.Mx or SpfTermKind.Exists:
            case SpfTermKind.Explanation when branch.Parent is null:
                break;
            default:
                return;
        }

        leaf.Target = SpfStaticNames.Of(branch.Record, term, branch.Domain, _domain);
        if (leaf.Target is null)
        {
            leaf.Note = SpfNote.DependsOnMacro;
        }
        else if (term.Kind is SpfTermKind.Include or SpfTermKind.Redirect)
        {
            Follow(branch, leaf, next);
        }
        else if (leaf.Target.Length == 0 || !DnsNames.CanBeAsked(leaf.Target))
        {
            leaf.Note = SpfNote.UnusableName;
        }
        else if (_names.Count >= MostNames)
        {
            leaf.Note = SpfNote.NotFollowed;
        }
        else
        {
            _names.Add(leaf.AskAsync(_dns, term.Kind, _cancellationToken));
        }
    }

    private void Follow(SpfBranch branch, SpfLeaf leaf, List<SpfBranch> next)
    {
        if (branch.HasOnItsWay(leaf.Target!))
        {
            leaf.Note = SpfNote.Loop;
        }
        else if (_records + next.Count >= MostRecords || branch.Level + 1 >= MostLevels)
        {
            leaf.Note = SpfNote.NotFollowed;
        }
        else
        {
            leaf.Included = new SpfBranch(leaf.Target!, branch);
            next.Add(leaf.Included);
        }
    }
}
