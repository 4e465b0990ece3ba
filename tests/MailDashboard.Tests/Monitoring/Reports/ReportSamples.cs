using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Compliance;
using MailDashboard.Monitoring.Portfolio;

namespace MailDashboard.Tests.Monitoring.Reports;

/// <summary>A month as managers get it, and one in which everything has a hostile name.</summary>
internal static class ReportSamples
{
    public static readonly DateTimeOffset WrittenAt = new(2026, 4, 1, 6, 0, 0, TimeSpan.Zero);

    private static readonly DateOnly Today = new(2026, 4, 1);

    public static PortfolioModel March(string worst = "shop.example", string tag = "shop", string thing = "192.0.2.10", string list = "bl.example.test")
    {
        var spf = new PortfolioFinding("SPF012", Subject.Domain(worst), [new Evidence("terms", "+all")], Severity.Critical, new DateTimeOffset(2026, 3, 20, 4, 0, 0, TimeSpan.Zero));
        var dmarc = spf with { Code = "DMARC001", Severity = Severity.Error };
        return new PortfolioModel(
            ReportPeriod.Of(PeriodKind.LastMonth, Today),
            "",
            WrittenAt,
            Stand(31, 78.5),
            new(BaselineKind.PeriodBefore, Stand(0, 82)),
            [.. Enumerable.Range(1, 31).Select(day => Stand(day, day == 31 ? 78.5 : day < 20 ? 82 + (day % 3) : 79.1 - (day % 2)))],
            [new(new DateOnly(2026, 3, 20), PortfolioEventKind.ListingsBegan, 3), new(new DateOnly(2026, 3, 9), PortfolioEventKind.DomainsAdded, 5)],
            [new(tag, 12, 61.4, -6.3), new("office", 30, 85, 0.4)],
            new(
                [
                    new(7, worst, 91, 50, [new(MoveCauseKind.CapApplied, "spf-open"), new(MoveCauseKind.FindingOpened, "SPF012", spf)]),
                    new(8, "news.example", 80, 71, [new(MoveCauseKind.FindingOpened, "DMARC001", dmarc with { Subject = Subject.Domain("news.example") })]),
                    new(9, "quiet.example", 80, 78, []),
                ],
                [new(11, "better.example", 60, 74.5, [new(MoveCauseKind.SubtestGained, "dmarc-policy")])],
                3,
                1),
            new(36, 4, [new(7, worst, 12, true)], [new(5, thing, [list], 3, 12, true)], true),
            [new("gmail", new Dictionary<ComplianceStatus, int> { [ComplianceStatus.Met] = 38, [ComplianceStatus.NotMet] = 3, [ComplianceStatus.Undetermined] = 1 })],
            [
                new("dmarc-policy", 12, 4.2, "DMARC007", 10) { First = [(7, worst), (8, "news.example"), (9, "quiet.example")] },
                new("address-lists", 3, 1.9, "BLK001", 3) { First = [(7, worst), (8, "news.example"), (9, "quiet.example")] },
                new("mta-sts", 40, 1, null, 0),
            ],
            new(1, [new(7, worst, spf)], 3, [new(5, Subject.Listing(thing, list), Severity.Error, new DateTimeOffset(2026, 3, 20, 5, 0, 0, TimeSpan.Zero), 3)]));
    }

    public static PortfolioModel Calm() => March() with
    {
        Urgent = new(0, [], 0, []),
        Movers = new([], [], 0, 0),
        Decisions = [],
        Listings = new(0, 0, [], [], true),
        Tags = [],
        Providers = [],
        Events = [],
    };

    public static PortfolioModel Hostile() => March("=cmd().{{x}}.example", "<script>{0}{{x}}</script>", "{1}\r\nBcc: all@example.org", "{{list}}") with { Tag = "{{x}} %s {9}" };

    private static PortfolioStand Stand(int day, double mean) => new(
        new DateOnly(2026, 2, 28).AddDays(day),
        42,
        42,
        mean * 42,
        3,
        ImmutableSortedDictionary<string, int>.Empty.Add("A", 14).Add("B", 20).Add("C", 5).Add("E", 3),
        day >= 20 ? 3 : 0,
        7);
}
