using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Servers.Dns;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.IntegrationTests.Checks.Blocklists;

/// <summary>The shipped data, asked of a real rbldnsd that serves the real zone names on loopback.</summary>
public sealed class RblServerBlocklistTests
{
    private const string Zen = "zen.spamhaus.org";
    private const string Psbl = "psbl.surriel.com";
    private const string Key = "k3yofthetest";
    private static readonly string KeyedZen = $"{Key}.zen.dq.spamhaus.net";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_ListedAndDelisted_FollowsTheServer()
    {
        await using var rbl = await StartAsync();
        var dns = Resolver(rbl);
        var probe = Probe(dns);
        Assert.Equal(ListingState.NotListed, (await LookAsync(probe, "192.0.2.10", Zen)).State);

        await rbl.ListAsync(Zen, "192.0.2.10", "127.0.0.4", "bot seen", Token);
        var listed = await LookAsync(probe, "192.0.2.10", Zen);
        Assert.Equal((ListingState.Listed, "XBL", "bot seen"), (listed.State, listed.Codes[0].Code.Name, listed.Text));
        var again = await probe.LookAgainAsync(listed.Listing, Token);
        Assert.Equal(ListingState.Listed, again!.State);

        await rbl.DelistAsync(Zen, "192.0.2.10", Token);
        Assert.Equal(ListingState.NotListed, (await probe.LookAgainAsync(listed.Listing, Token))!.State);
    }

    [Fact]
    public async Task Look_RefusesEverybody_IsUnknownAndHidesNoOtherList()
    {
        await using var rbl = await StartAsync();
        await rbl.ListAsync(Psbl, "192.0.2.10", cancellationToken: Token);
        await rbl.AnswerEverythingAsync(Zen, "127.255.255.254", Token);
        var dns = Resolver(rbl);
        var probe = Probe(dns);

        var refused = await LookAsync(probe, "192.0.2.10", Zen);

        Assert.Equal((ListingState.Unknown, UnknownCause.Refused), (refused.State, refused.Cause));
        Assert.Equal(ListingState.Listed, (await LookAsync(probe, "192.0.2.10", Psbl)).State);
    }

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("203.0.113.80")]
    public async Task Look_ZoneAnswersEverything_IsUnknown(string everything)
    {
        await using var rbl = await StartAsync();
        await rbl.AnswerEverythingAsync(Zen, everything, Token);
        var dns = Resolver(rbl);

        var look = await LookAsync(Probe(dns), "192.0.2.10", Zen);

        Assert.Equal((ListingState.Unknown, UnknownCause.SelfTest), (look.State, look.Cause));
    }

    [Fact]
    public async Task Look_TestPointsGone_IsUnknownUntilTheyAreBack()
    {
        await using var rbl = await StartAsync();
        await rbl.SetTestPointsAsync(Zen, present: false, Token);
        var dns = Resolver(rbl);
        var time = new FakeTimeProvider();
        var probe = Probe(dns, time);
        Assert.Equal("SelfTestSilent", (await LookAsync(probe, "192.0.2.10", Zen)).Reason!.Key);

        await rbl.SetTestPointsAsync(Zen, present: true, Token);
        time.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(ListingState.NotListed, (await LookAsync(probe, "192.0.2.10", Zen)).State);
    }

    [Fact]
    public async Task Look_ZoneNotServed_IsUnknown()
    {
        await using var rbl = await StartAsync();
        var dns = Resolver(rbl);

        var look = await LookAsync(Probe(dns), "192.0.2.10", "b.barracudacentral.org");

        Assert.Equal((ListingState.Unknown, UnknownCause.Dns), (look.State, look.Cause));
    }

    [Fact]
    public async Task Look_WithAKey_AsksTheKeyedZoneAndNeverShowsTheKey()
    {
        await using var rbl = await StartAsync();
        await rbl.ListAsync(KeyedZen, "192.0.2.10", "127.0.0.2", $"see {KeyedZen}", Token);
        var dns = Resolver(rbl);
        var settings = new BlocklistSettings { Keys = BlocklistSettings.Default.Keys.Add("spamhaus-dqs", Key) };
        var probe = new BlocklistProbe(dns, BlocklistCatalogue.Shipped, settings, new BlocklistHealth(TimeProvider.System));

        var look = await LookAsync(probe, "192.0.2.10", Zen);

        Assert.Equal((ListingState.Listed, $"192.0.2.10 {Zen}", "see ***.zen.dq.spamhaus.net"), (look.State, look.Listing.ToString(), look.Text));
    }

    private static Task<RblServer> StartAsync() =>
        RblServer.StartAsync([(Zen, RblKind.Ip4), (Psbl, RblKind.Ip4), (KeyedZen, RblKind.Ip4)], cancellationToken: Token);

    private static WireResolver Resolver(RblServer rbl) => new([rbl.EndPoint], new DnsWireOptions(), TimeProvider.System);

    private static BlocklistProbe Probe(IDnsResolver dns, TimeProvider? time = null) =>
        new(dns, BlocklistCatalogue.Shipped, BlocklistSettings.Default, new BlocklistHealth(time ?? TimeProvider.System));

    private static Task<ListingLook> LookAsync(BlocklistProbe probe, string address, string zone) =>
        probe.LookAsync(BlocklistSubject.Of(IPAddress.Parse(address)), BlocklistCatalogue.Shipped.Find(zone)!, delivers: false, Token);
}
