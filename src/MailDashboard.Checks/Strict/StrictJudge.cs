using System.Collections.Immutable;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Compliance;

namespace MailDashboard.Checks.Strict;

/// <summary>Judges a domain by the strict profile. Pure.</summary>
public static class StrictJudge
{
    private const string Submission = "submission";

    /// <summary>An audit waits for its turn and takes its time: a look that is older by no more than this was in time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>One verdict per condition.</summary>
    /// <param name="now">The age of the last look at the blocklists counts.</param>
    public static ImmutableArray<StrictVerdict> Judge(DomainStanding standing, BlocklistCatalogue lists, DateTimeOffset now) =>
        [.. StrictProfile.Conditions.Select(c => Judge(c, standing, lists, now))];

    private static StrictVerdict Judge(StrictCondition condition, DomainStanding standing, BlocklistCatalogue lists, DateTimeOffset now)
    {
        if (condition.IsForSenders && !standing.Roles.Sends)
        {
            return new(condition, ComplianceStatus.NotApplicable, [new(ComplianceCause.DoesNotSend)]);
        }

        return condition.Id switch
        {
            StrictProfile.OtherFactors => new(condition, ComplianceStatus.NotMeasurable, [new(ComplianceCause.Elsewhere)]),
            StrictProfile.Tls13 => Tls13(condition, standing),
            StrictProfile.Lists => Lists(condition, standing, now),
            StrictProfile.StrongLogIn when IsJudgedLeniently(standing) => new(condition, ComplianceStatus.Undetermined, [new(ComplianceCause.NotLooked) { Family = Submission }]),
            StrictProfile.Spf when IsUnenforcedSoftFail(standing) => new(condition, ComplianceStatus.NotMet, [new(ComplianceCause.Level) { Family = "spf" }]),
            _ => Together(condition, [.. condition.Signals.Select(s => SignalVerdict.Of(s, standing, lists))]),
        };
    }

    /// <summary><c>~all</c> leaves the decision to DMARC: it is enforced only where DMARC has failures refused.</summary>
    private static bool IsUnenforcedSoftFail(DomainStanding standing) =>
        standing.LevelOf("spf", "spf-all") is { Level: "full-softfail" }
        && (!standing.Roles.Sends || standing.LevelOf("dmarc", "dmarc-policy") is not { Level: "reject" or "quarantine" });

    /// <summary>The profile was turned on since: ways to log in were seen, and not judged by it.</summary>
    private static bool IsJudgedLeniently(DomainStanding standing) =>
        standing.Families.GetValueOrDefault(Submission) is { } family
        && family.Facts.Any(f => f.Key == "logInsAfter" && f.Value.StartsWith("AUTH ", StringComparison.Ordinal))
        && !family.Facts.Any(f => f.Key == "secondFactor");

    /// <summary>By the versions seen on each port, which are known of every domain: the finding is of strict ones alone.</summary>
    private static StrictVerdict Tls13(StrictCondition condition, DomainStanding standing)
    {
        const string Family = "tls";
        if (!standing.Families.TryGetValue(Family, out var family))
        {
            return new(condition, ComplianceStatus.Undetermined, [new(ComplianceCause.NotLooked) { Family = Family }]);
        }

        var open = family.Undetermined.Where(u => !u.WasNotTried).ToList();
        var ports = family.Facts.Where(f => f.Key == "versions").ToList();
        ImmutableArray<ComplianceReason> without =
        [
            .. ports.Where(p => !p.Value.Contains("TLS 1.3", StringComparison.Ordinal) && !open.Exists(u => u.Subject == p.Subject))
                .Select(p => new ComplianceReason(ComplianceCause.Port) { Family = Family, Name = p.Subject.ToString() }),
        ];
        return !without.IsEmpty ? new(condition, ComplianceStatus.NotMet, without)
            : open.Count > 0 || family.Outcome == StandingOutcome.Inconclusive ? new(condition, ComplianceStatus.Undetermined, [Why(ComplianceCause.Inconclusive, open.Count > 0 ? open[0].Reason : family.Reason)])
            : ports.Count == 0 ? new(condition, ComplianceStatus.NotApplicable, [Why(ComplianceCause.NothingToSee, family.Reason)])
            : new(condition, ComplianceStatus.Met, []);

        ComplianceReason Why(ComplianceCause cause, Reason? why) => new(cause) { Family = Family, Why = why };
    }

    private static StrictVerdict Lists(StrictCondition condition, DomainStanding standing, DateTimeOffset now)
    {
        const string Family = "blocklists";
        return !standing.Families.TryGetValue(Family, out var family) ? new(condition, ComplianceStatus.Undetermined, [new(ComplianceCause.NotLooked) { Family = Family }])
            : now - family.LookedAt > StrictProfile.ListsEvery + Patience ? new(condition, ComplianceStatus.NotMet, [new(ComplianceCause.LookedLongAgo) { Family = Family, At = family.LookedAt }])
            : family.Outcome == StandingOutcome.Inconclusive ? new(condition, ComplianceStatus.Undetermined, [new(ComplianceCause.Inconclusive) { Family = Family, Why = family.Reason }])
            : new(condition, ComplianceStatus.Met, []);
    }

    /// <summary>What does not apply leaves the rest to decide; a fault is a fault.</summary>
    private static StrictVerdict Together(StrictCondition condition, ImmutableArray<SignalVerdict> verdicts)
    {
        var all = verdicts.Select(v => v.Reasons.Any(r => r.Cause == ComplianceCause.NothingToSee) ? v with { Status = ComplianceStatus.NotApplicable } : v).ToList();
        var worst = all.Max(v => v.Status);
        ImmutableArray<ComplianceReason> reasons = [.. all.Where(v => v.Status == worst).SelectMany(v => v.Reasons)];
        return new(condition, worst == ComplianceStatus.AtRisk ? ComplianceStatus.NotMet : worst, reasons);
    }
}
