using System.Collections.Immutable;
using System.Globalization;

namespace MailDashboard.Checks.Spf;

/// <summary>Findings about the whole tree: what makes receivers give up on the record.</summary>
internal static class SpfTreeFindings
{
    /// <summary>From here on one more service is too many.</summary>
    public const int NearLimit = 8;

    /// <summary>Reports; true where the record ends in <c>permerror</c> for some client.</summary>
    public static bool Report(SpfTree tree, OutcomeBuilder outcome)
    {
        var subject = Subject.Domain(tree.Root.Domain);
        var nodes = tree.Walk().ToList();
        var isBroken = ReportTargets(nodes, subject, outcome);
        isBroken |= ReportNodes(SpfFindings.Loop, nodes.Where(n => n.Node.Note == SpfNote.Loop), subject, outcome, out var hasLoop);
        isBroken |= ReportNodes(SpfFindings.TooManyExchanges, nodes.Where(n => n.Node.Note == SpfNote.TooManyExchanges), subject, outcome, out _);
        if (tree.Lookups > SpfLimits.Lookups && !hasLoop)
        {
            isBroken = true;
            outcome.Report(new Finding(SpfFindings.TooManyLookups, subject, [.. Costs(tree, nodes)]));
        }

        isBroken |= tree.Voids > SpfLimits.VoidLookups;
        ReportVoids(tree, nodes, subject, outcome);
        if (tree.Lookups is >= NearLimit and <= SpfLimits.Lookups && !isBroken)
        {
            outcome.Report(new Finding(SpfFindings.NearLookupLimit, subject, [.. Costs(tree, nodes)]));
        }

        ReportNodes(SpfFindings.NotFollowable, nodes.Where(n => n.Node is { Note: SpfNote.DependsOnMacro, Kind: SpfTermKind.Include or SpfTermKind.Redirect }), subject, outcome, out _);
        ReportUndetermined(tree, nodes, subject, outcome);
        return isBroken;
    }

    /// <summary>Pieces of evidence about single terms; a hostile record has thousands of terms.</summary>
    public const int MostEvidence = 20;

    private const int MostListed = 12;
    private const int MostCharacters = 120;

    /// <summary>Terms as one value that fits into a sentence.</summary>
    public static string List(IEnumerable<string> terms)
    {
        var all = terms.ToList();
        var shown = all.Take(MostListed).Select(t => t.Length <= MostCharacters ? t : string.Concat(t.AsSpan(0, MostCharacters), "…"));
        return string.Join(", ", all.Count > MostListed ? shown.Append("…") : shown);
    }

    private static bool ReportTargets(List<(SpfTreeRecord Record, SpfNode Node)> nodes, Subject subject, OutcomeBuilder outcome)
    {
        var missing = nodes.Where(n => n.Node.Included?.State is SpfRecordState.Missing or SpfRecordState.NoSuchName);
        var broken = nodes.Where(n => n.Node.Included?.State is SpfRecordState.Broken or SpfRecordState.Several).ToList();
        var hasMissing = ReportNodes(SpfFindings.TargetWithoutRecord, missing, subject, outcome, out _);
        if (broken.Count == 0)
        {
            return hasMissing;
        }

        var details = broken.Select(n => n.Node.Included!).DistinctBy(r => r.Domain).SelectMany(Details).Take(MostEvidence);
        outcome.Report(new Finding(SpfFindings.BrokenTarget, subject, [.. Named(broken), .. details]));
        return true;
    }

    private static IEnumerable<Evidence> Details(SpfTreeRecord record) =>
        record.State == SpfRecordState.Several
            ? record.Texts.Select(t => new Evidence("record", t, record.Domain))
            : record.Terms.Where(t => t.Note == SpfNote.Syntax).Select(t => new Evidence($"error{t.Error}", t.Text, record.Domain));

    private static void ReportVoids(SpfTree tree, List<(SpfTreeRecord Record, SpfNode Node)> nodes, Subject subject, OutcomeBuilder outcome)
    {
        var empty = nodes.Where(n => n.Node.Note is SpfNote.Void or SpfNote.UnusableName);
        ReportNodes(tree.Voids > SpfLimits.VoidLookups ? SpfFindings.TooManyVoids : SpfFindings.Voids, empty, subject, outcome, out _);
    }

    private static void ReportUndetermined(SpfTree tree, List<(SpfTreeRecord Record, SpfNode Node)> nodes, Subject subject, OutcomeBuilder outcome)
    {
        foreach (var (_, node) in nodes.Where(n => n.Node.Included?.State == SpfRecordState.Undetermined))
        {
            outcome.CouldNotTell(subject, node.Included!.Failure!);
        }

        // Names that DNS cannot tell about matter only where they may be the void look-up too many.
        var open = nodes.Where(n => n.Node.Note == SpfNote.Undetermined).ToList();
        var mayBreak = tree.Voids <= SpfLimits.VoidLookups && tree.Voids + open.Count(n => n.Node.Cost > 0) > SpfLimits.VoidLookups;
        foreach (var (_, node) in open)
        {
            outcome.CouldNotTell(mayBreak ? subject : Subject.Host(node.Target!), node.Failure!, verdictNeedsIt: mayBreak);
        }

        if (open.Count > 0 && !mayBreak && !nodes.Any(n => n.Node.Included?.State == SpfRecordState.Undetermined))
        {
            outcome.Determined(subject);
        }
    }

    private static IEnumerable<Evidence> Costs(SpfTree tree, List<(SpfTreeRecord Record, SpfNode Node)> nodes)
    {
        yield return new Evidence("lookups", tree.Lookups.ToString(CultureInfo.InvariantCulture));
        yield return new Evidence("terms", List(tree.Root.Terms.Where(t => t.TotalCost > 0).Select(t => $"{t.Text} ({t.TotalCost})")));
        if (nodes.FirstOrDefault(n => n.Node.PassesLimit) is { Node: { } passing } at)
        {
            yield return new Evidence("eleventh", passing.Text, at.Record.Domain);
        }

        yield return new Evidence("record", tree.Root.Texts[0]);
    }

    private static bool ReportNodes(
        FindingDefinition definition,
        IEnumerable<(SpfTreeRecord Record, SpfNode Node)> nodes,
        Subject subject,
        OutcomeBuilder outcome,
        out bool any)
    {
        var found = nodes.ToList();
        any = found.Count > 0;
        if (any)
        {
            outcome.Report(new Finding(definition, subject, Named(found)));
        }

        return any;
    }

    /// <summary>Each term with the record it stands in, and all of them in one value for the sentences.</summary>
    private static ImmutableArray<Evidence> Named(List<(SpfTreeRecord Record, SpfNode Node)> nodes) =>
    [
        new Evidence("terms", List(nodes.Select(n => n.Node.Text).Distinct())),
        .. nodes.Select(n => new Evidence("term", n.Node.Target is { } target ? $"{n.Node.Text} → {target}" : n.Node.Text, n.Record.Domain)).Distinct().Take(MostEvidence),
    ];
}
