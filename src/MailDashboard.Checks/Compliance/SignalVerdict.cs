using System.Collections.Immutable;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Checks.Compliance;

/// <summary>What one signal says of a domain.</summary>
internal sealed record SignalVerdict(ComplianceStatus Status, ImmutableArray<ComplianceReason> Reasons)
{
    private static readonly SignalVerdict Good = new(ComplianceStatus.Met, []);

    /// <summary>Judges. A fault that stands is a fault, whether or not it could be looked at again; that there is none has to be determined.</summary>
    public static SignalVerdict Of(ComplianceSignal signal, DomainStanding standing, BlocklistCatalogue lists)
    {
        var zones = signal.Lists.Select(id => lists.Find(id)).OfType<Blocklist>().ToList();
        var open = standing.Findings.Where(f => f.Family == signal.Family && (zones.Count == 0 || zones.Exists(z => z.Zone == f.Subject.List))).ToList();
        var breaks = open.FindAll(f => f.Severity >= signal.BreaksFrom && signal.Breaks.Contains(f.Code));
        var risks = open.FindAll(f => f.Severity >= Severity.Warning && signal.Risks.Contains(f.Code));
        var level = signal.Subtest is null ? null : standing.LevelOf(signal.Family, signal.Subtest);
        var isLow = level is { IsApplicable: true, Level: { } low } && signal.NotMetLevels.Contains(low);
        if (isLow || breaks.Count > 0)
        {
            return new(ComplianceStatus.NotMet, Because(signal, breaks.Union(risks).Union(isLow ? open.Where(f => signal.Explains.Contains(f.Code)) : [])));
        }

        var isWeak = level is { IsApplicable: true, Level: { } weak } && signal.AtRiskLevels.Contains(weak);
        if (isWeak || risks.Count > 0)
        {
            return new(ComplianceStatus.AtRisk, Because(signal, risks));
        }

        if (!standing.Families.TryGetValue(signal.Family, out var family))
        {
            return Open(ComplianceCause.NotLooked, signal);
        }

        if (zones.Count > 0)
        {
            return OfLists(signal, family, zones);
        }

        if (signal.Subtest is not null)
        {
            return level switch
            {
                { IsCurrent: true, IsApplicable: true, Level: not null } => Good,
                { IsCurrent: true, IsApplicable: false } => Open(ComplianceCause.NothingToSee, signal, family.Reason),
                _ => Open(ComplianceCause.Inconclusive, signal, WhyNot(family)),
            };
        }

        return family.Outcome switch
        {
            StandingOutcome.Completed => Good,
            StandingOutcome.NotApplicable => Open(ComplianceCause.NothingToSee, signal, family.Reason),
            _ => Open(ComplianceCause.Inconclusive, signal, WhyNot(family)),
        };
    }

    private static SignalVerdict OfLists(ComplianceSignal signal, StandingFamily family, List<Blocklist> zones)
    {
        var states = family.Facts.Where(f => f.Key == "state" && zones.Exists(z => z.Zone == f.Subject.List)).ToLookup(f => f.Value, f => f.Subject.List);
        var silent = zones.Where(z => states["unknown"].Contains(z.Zone)).ToList();
        if (silent.Count > 0)
        {
            return new(ComplianceStatus.Undetermined, [.. silent.Select(z => Reason(ComplianceCause.ListSilent, signal) with { Name = z.Name })]);
        }

        var off = zones.Where(z => states["off"].Contains(z.Zone)).ToList();
        if (off.Count > 0)
        {
            return new(ComplianceStatus.NotMeasurable, [.. off.Select(z => Reason(ComplianceCause.ListOff, signal) with { Name = z.Name })]);
        }

        return states["notListed"].Any() || states["listed"].Any() ? Good
            : family.Outcome == StandingOutcome.Inconclusive ? Open(ComplianceCause.Inconclusive, signal, WhyNot(family))
            : Open(ComplianceCause.NothingToSee, signal, family.Reason);
    }

    private static Reason? WhyNot(StandingFamily family) => family.Reason ?? family.Undetermined.Select(u => u.Reason).FirstOrDefault();

    private static ImmutableArray<ComplianceReason> Because(ComplianceSignal signal, IEnumerable<StandingFinding> findings)
    {
        ImmutableArray<ComplianceReason> named =
            [.. findings.OrderByDescending(f => f.Severity).ThenBy(f => f.Code, StringComparer.Ordinal).Select(f => Reason(ComplianceCause.Finding, signal) with { Finding = f })];
        return named.IsEmpty ? [Reason(ComplianceCause.Level, signal)] : named;
    }

    private static SignalVerdict Open(ComplianceCause cause, ComplianceSignal signal, Reason? why = null) =>
        new(ComplianceStatus.Undetermined, [Reason(cause, signal) with { Why = why }]);

    private static ComplianceReason Reason(ComplianceCause cause, ComplianceSignal signal) => new(cause) { Family = signal.Family };
}
