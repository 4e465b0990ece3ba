using System.Globalization;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Cli.Commands;

/// <summary>What <c>maildash spf --json</c> prints.</summary>
internal sealed record SpfJson(
    string Result,
    string? Explanation,
    string? MatchedTerm,
    int DnsLookups,
    int VoidLookups,
    SpfJsonFault? Fault,
    SpfJsonRecord? Tree)
{
    public static SpfJson From(SpfEvaluation evaluation) => new(
        evaluation.Result.ToString().ToLowerInvariant(),
        evaluation.Explanation,
        evaluation.MatchedTerm,
        evaluation.DnsLookups,
        evaluation.VoidLookups,
        evaluation.Fault == SpfFault.None ? null : new SpfJsonFault(evaluation.Fault, evaluation.FaultTerm),
        evaluation.Tree is { } tree ? SpfJsonRecord.From(tree.Root) : null);
}

/// <summary>What made the result an error.</summary>
internal sealed record SpfJsonFault(SpfFault Kind, string? Term);

/// <summary>A record of the tree.</summary>
internal sealed record SpfJsonRecord(string Domain, string State, string? Record, int Lookups, IReadOnlyList<SpfJsonTerm> Terms)
{
    public static SpfJsonRecord From(SpfTreeRecord record) => new(
        record.Domain,
        SpfTreeText.Word(record.State),
        record.Texts is [var text] ? text : null,
        record.Terms.Sum(t => t.TotalCost),
        [.. record.Terms.Select(SpfJsonTerm.From)]);
}

/// <summary>A term of the tree: its look-ups with everything below it, and all spent once it is evaluated.</summary>
internal sealed record SpfJsonTerm(string Term, string Kind, string? Qualifier, string? Target, int Lookups, int Cumulative, string Meaning, string? Note, string? Problem, SpfJsonRecord? Included)
{
    public static SpfJsonTerm From(SpfNode node) => new(
        node.Text,
        SpfTreeText.Word(node.Kind),
        node.Term.IsDirective ? node.Qualifier.ToString().ToLowerInvariant() : null,
        node.Target,
        node.TotalCost,
        node.Cumulative,
        SpfExplainer.Meaning(node, CultureInfo.InvariantCulture),
        SpfTreeText.NoteOf(node),
        SpfExplainer.Problem(node, CultureInfo.InvariantCulture),
        node.Included is { } included ? SpfJsonRecord.From(included) : null);
}
