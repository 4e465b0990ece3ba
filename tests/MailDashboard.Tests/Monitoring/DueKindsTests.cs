using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Tests.Monitoring;

public class DueKindsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_DnsDueAndBlocklistsNearlyDue_RunsBothTogether()
    {
        var domain = Domain(dns: Now, blocklists: Now.AddMinutes(5), connections: Now.AddHours(3));

        Assert.Equal([FamilyKind.Dns, FamilyKind.Blocklist], DueKinds.Of(domain, DashboardSettings.Default, Now));
    }

    [Theory]
    [InlineData(null, 60)]
    [InlineData(15, 15)]
    public void Advance_ByTheDomainsOwnInterval_StaysWithinTheJitter(int? own, int minutes)
    {
        var domain = Domain(Now, Now, Now);
        domain.DnsIntervalMinutes = own;

        DueKinds.Advance(domain, [FamilyKind.Dns], DashboardSettings.Default, Now, new Random(7));

        Assert.InRange(domain.NextDnsAt - Now, TimeSpan.FromMinutes(minutes * 0.9), TimeSpan.FromMinutes(minutes * 1.1));
        Assert.Equal(Now, domain.NextDueAt);
    }

    [Theory]
    [InlineData(null, 60, 1)]
    [InlineData(720, 60, 2)]
    [InlineData(15, 60, 3)]
    [InlineData(null, 1440, 4)]
    public void Advance_AStrictDomain_IsLookedUpOnBlocklistsEveryHalfHourAtMost(int? own, int forAll, int seed)
    {
        var domain = Domain(Now, Now, Now);
        (domain.IsStrict, domain.BlocklistIntervalMinutes) = (true, own);

        DueKinds.Advance(domain, DueKinds.All, DashboardSettings.Default with { BlocklistIntervalMinutes = forAll }, Now, new Random(seed));

        var most = Math.Min(30, own ?? forAll);
        Assert.InRange(domain.NextBlocklistAt - Now, TimeSpan.FromMinutes(most * 0.9), TimeSpan.FromMinutes(most));
        Assert.True(domain.NextDnsAt - Now > TimeSpan.FromMinutes(50));
    }

    [Fact]
    public void Unchanged_EditedMeanwhile_LeavesOutWhatBecameDueAgain()
    {
        var leased = Domain(Now, Now, Now);
        var edited = Domain(Now.AddSeconds(5), Now, Now);

        Assert.Equal([FamilyKind.Connection, FamilyKind.Blocklist], DueKinds.Unchanged(leased, edited, DueKinds.All));
    }

    private static MailDomain Domain(DateTimeOffset dns, DateTimeOffset blocklists, DateTimeOffset connections) => new()
    {
        Name = "example.org",
        DisplayName = "example.org",
        NextDnsAt = dns,
        NextBlocklistAt = blocklists,
        NextConnectionAt = connections,
        NextDueAt = dns,
    };
}
