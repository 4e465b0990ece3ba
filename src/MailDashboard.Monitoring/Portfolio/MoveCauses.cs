using MailDashboard.Checks;
using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Why a score moved, in the order in which people want to know: ceilings, findings, and where neither says it, subtests. Pure.</summary>
internal static class MoveCauses
{
    /// <param name="findings">Those that opened or were resolved in between, worst first.</param>
    public static IEnumerable<MoveCause> Of(Score? before, Score? now, IEnumerable<FindingRow> findings, bool isBetter)
    {
        var caps = Caps(before, now, isBetter).ToList();
        var subtests = Subtests(before, now, isBetter).ToList();
        var told = findings.Where(f => f.ResolvedAt is not null == isBetter).ToList();

        // Those that cost the subtests their points come first: others opened too, and moved nothing.
        var sources = subtests.ConvertAll(s => SubtestFindings.Of(s.Code));
        var byFinding = told.OrderByDescending(f => sources.Exists(s => s.Codes.Contains(f.Code) || s.Family == f.Family))
            .DistinctBy(f => f.Code)
            .Select(f => new MoveCause(isBetter ? MoveCauseKind.FindingResolved : MoveCauseKind.FindingOpened, f.Code, Finding(f)))
            .ToList();
        return [.. caps, .. byFinding.Count > 0 ? byFinding : subtests];
    }

    public static PortfolioFinding Finding(FindingRow row) =>
        new(row.Code, Subject.Parse(row.SubjectKey), StoredJson.ReadEvidence(row.EvidenceJson), row.Severity, row.FirstSeenAt);

    private static IEnumerable<MoveCause> Caps(Score? before, Score? now, bool isBetter)
    {
        var (then, today) = (Ids(before), Ids(now));
        return (isBetter ? then.Except(today) : today.Except(then))
            .Select(id => new MoveCause(isBetter ? MoveCauseKind.CapLifted : MoveCauseKind.CapApplied, id));
    }

    private static string[] Ids(Score? score) => score is { Caps.IsDefaultOrEmpty: false } ? [.. score.Caps.Select(c => c.Id)] : [];

    private static IEnumerable<MoveCause> Subtests(Score? before, Score? now, bool isBetter)
    {
        var (then, today) = (Points(before), Points(now));
        return today.Where(s => then.ContainsKey(s.Key))
            .Select(s => (s.Key, Change: s.Value - then[s.Key]))
            .Where(s => isBetter ? s.Change > 0 : s.Change < 0)
            .OrderByDescending(s => Math.Abs(s.Change))
            .Select(s => new MoveCause(isBetter ? MoveCauseKind.SubtestGained : MoveCauseKind.SubtestLost, s.Key));
    }

    private static Dictionary<string, double> Points(Score? score) => score is not { Categories.IsDefaultOrEmpty: false }
        ? []
        : score.Categories.SelectMany(c => c.Subtests).Where(s => s.LeftOut is null && s.Maximum > 0).ToDictionary(s => s.Subtest, s => s.Points / s.Maximum, StringComparer.Ordinal);
}
