using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Compliance;

namespace MailDashboard.Tests.Checks.Compliance;

/// <summary>A domain that does everything right, and ways to spoil it.</summary>
internal static class Standing
{
    public static readonly DateTimeOffset At = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Zones = ["zen.spamhaus.org", "dbl.spamhaus.org", "combined.mail.abusix.zone"];

    private static readonly (string Family, string Subtest, string Level)[] Best =
    [
        ("spf", "spf-valid", "full"), ("spf", "spf-all", "full"), ("dkim", "dkim-key", "full"), ("dmarc", "dmarc-valid", "full"), ("dmarc", "dmarc-policy", "reject"),
        ("reverse-dns", "ptr-confirmed", "full"), ("mx", "mx-resolves", "full"),
    ];

    public static DomainStanding Perfect { get; } = new("example.org", MailRoles.Both)
    {
        DailyVolume = 10_000,
        Families = CheckFamilies.All.Select(f => f.Descriptor.Id)
            .Select(id => new StandingFamily(id, StandingOutcome.Completed, null, [], id switch
            {
                "blocklists" => [.. Zones.Select(z => new Fact(Subject.Listing("192.0.2.1", z), "state", "notListed"))],
                "tls" => [new Fact(Port, "versions", "TLS 1.2, TLS 1.3")],
                _ => [],
            }, At))
            .ToDictionary(f => f.Family).ToImmutableDictionary(),
        Levels = [.. Best.Select(l => new StandingLevel(l.Family, l.Subtest, l.Level, IsApplicable: true, IsCurrent: true))],
    };

    public static Subject Port => Subject.Service("mail.example.org", System.Net.IPAddress.Parse("192.0.2.1"), 465);

    public static DomainStanding With(this DomainStanding standing, string family, string code, Severity severity, Subject? subject = null) =>
        standing with { Findings = standing.Findings.Add(new StandingFinding(family, code, subject ?? Subject.Domain("example.org"), severity, At)) };

    public static DomainStanding Level(this DomainStanding standing, string subtest, string? level, bool isCurrent = true) =>
        standing with { Levels = [.. standing.Levels.Select(l => l.Subtest == subtest ? l with { Level = level ?? l.Level, IsCurrent = isCurrent } : l)] };

    public static DomainStanding Silent(this DomainStanding standing, string family) =>
        standing.Look(family, f => f with { Outcome = StandingOutcome.Inconclusive, Reason = Reason.Of("DnsTimeout", "example.org", "TXT", "") });

    public static DomainStanding Look(this DomainStanding standing, string family, Func<StandingFamily, StandingFamily> change) =>
        standing with { Families = standing.Families.SetItem(family, change(standing.Families[family])) };

    public static RequirementVerdict Rule(this DomainStanding standing, string requirement) =>
        ComplianceJudge.Judge(standing, ComplianceCatalogue.Shipped, BlocklistCatalogue.Shipped).SelectMany(p => p.Requirements).Single(r => r.Requirement.Id == requirement);

    public static ComplianceStatus Provider(this DomainStanding standing, string provider) =>
        ComplianceJudge.Judge(standing, ComplianceCatalogue.Shipped, BlocklistCatalogue.Shipped).Single(p => p.Provider.Id == provider).Status;

    private static System.Collections.Immutable.ImmutableDictionary<string, StandingFamily> ToImmutableDictionary(this Dictionary<string, StandingFamily> families) =>
        System.Collections.Immutable.ImmutableDictionary.CreateRange(families);
}
