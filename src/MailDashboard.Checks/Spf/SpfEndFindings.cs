using System.Collections.Immutable;

namespace MailDashboard.Checks.Spf;

/// <summary>Findings about what the record says of everybody it does not name.</summary>
internal static class SpfEndFindings
{
    /// <summary>Reports; true where everybody may send.</summary>
    public static bool Report(SpfObservation observation, OutcomeBuilder outcome)
    {
        var root = observation.Tree.Root;
        var subject = Subject.Domain(observation.Domain);
        var record = new Evidence("record", root.Texts[0], observation.Texts.Server);
        if (SpfPolicy.OpenToEverybody(root) is { Length: > 0 } way)
        {
            var proposal = way.Length == 1 && way[0].EndsWith("all", StringComparison.OrdinalIgnoreCase) ? SpfProposal.WithEnd(root, "~all") : null;
            outcome.Report(new Finding(SpfFindings.AllowsEverybody, subject, [new Evidence("terms", string.Join(" → ", way)), record], proposal));
            return true;
        }

        var end = SpfPolicy.EndOf(root);
        if (!observation.Roles.Sends)
        {
            ReportNotClosed(observation, end, record, outcome);
            return false;
        }

        var (definition, mended) = end switch
        {
            SpfEnd.Neutral => (SpfFindings.NeutralEnd, SpfProposal.WithEnd(root, "~all")),
            SpfEnd.Nothing => (SpfFindings.NoEnd, SpfProposal.WithEnd(root, "~all")),
            SpfEnd.SoftFail => (SpfFindings.SoftFailEnd, SpfProposal.WithEnd(root, "-all")),
            _ => default,
        };
        if (definition is not null)
        {
            // Where the end stands in a record that a redirect leads to, this record is not the one to change.
            var isOwn = root.Terms.Any(t => t.Kind == SpfTermKind.All) || end == SpfEnd.Nothing && !root.Terms.Any(t => t.Kind == SpfTermKind.Redirect);
            outcome.Report(new Finding(definition, subject, [record], isOwn ? mended : null));
        }

        return false;
    }

    private static void ReportNotClosed(SpfObservation observation, SpfEnd end, Evidence record, OutcomeBuilder outcome)
    {
        if (end == SpfEnd.Unknown || SpfPolicy.IsClosed(observation.Tree.Root))
        {
            return;
        }

        outcome.Report(new Finding(
            SpfFindings.NotClosed,
            Subject.Domain(observation.Domain),
            ImmutableArray.Create(record),
            SpfProposal.Closed(observation.Domain),
            observation.Roles.IsParked ? null : Severity.Notice));
    }
}
