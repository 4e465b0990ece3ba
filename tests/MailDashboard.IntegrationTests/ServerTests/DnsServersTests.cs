using DnsClient;
using MailDashboard.IntegrationTests.Servers.Dns;

namespace MailDashboard.IntegrationTests.ServerTests;

public sealed class DnsServersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Knot_ZoneReplacedAddedRemoved_AnswersFollow()
    {
        await using var knot = await KnotServer.StartAsync([new("good.example", "@ MX 10 mx\nmx A 127.0.1.10")], cancellationToken: Token);
        var dns = DnsPoll.Client(knot.EndPoint);

        var before = await dns.QueryAsync("good.example", QueryType.MX, cancellationToken: Token);
        Assert.Equal("mx.good.example.", Assert.Single(before.Answers.MxRecords()).Exchange.Value);

        await knot.SetZoneAsync("good.example", "@ MX 20 other", Token);
        var after = await dns.QueryAsync("good.example", QueryType.MX, cancellationToken: Token);
        Assert.Equal(20, Assert.Single(after.Answers.MxRecords()).Preference);

        await knot.SetZoneAsync("new.example", "@ TXT \"v=spf1 -all\"", Token);
        var added = await dns.QueryAsync("new.example", QueryType.TXT, cancellationToken: Token);
        Assert.Equal("v=spf1 -all", Assert.Single(Assert.Single(added.Answers.TxtRecords()).Text));

        await knot.RemoveZoneAsync("new.example", Token);
        var removed = await dns.QueryAsync("new.example", QueryType.TXT, cancellationToken: Token);
        Assert.Equal(DnsHeaderResponseCode.Refused, removed.Header.ResponseCode);
    }

    [Fact]
    public async Task Knot_StoppedAndRestarted_AnswersAgain()
    {
        await using var knot = await KnotServer.StartAsync([new("good.example", "@ A 192.0.2.1")], cancellationToken: Token);

        await knot.StopAsync();
        Assert.False(await DnsPoll.AnswersAsync(knot.EndPoint, "good.example", Token));

        await knot.RestartAsync(Token);
        Assert.True(await DnsPoll.AnswersAsync(knot.EndPoint, "good.example", Token));
    }

    [Fact]
    public async Task Unbound_SignedZone_IsAuthenticatedAndTheWrongAnchorIsServFail()
    {
        await using var knot = await KnotServer.StartAsync(
            [new("signed.example", "@ A 192.0.2.1", Signed: true), new("plain.example", "@ A 192.0.2.2"), new("other.example", "@ A 192.0.2.3", Signed: true)],
            cancellationToken: Token);
        var stubs = new[] { "signed.example", "plain.example" }.ToDictionary(zone => zone, _ => knot.EndPoint);
        var settings = new UnboundSettings { Stubs = stubs, TrustAnchors = await knot.TrustAnchorsAsync("signed.example", Token) };
        await using var unbound = await UnboundServer.StartAsync(settings, Token);

        var signed = await AskAsync(unbound, "signed.example");
        Assert.Equal((DnsHeaderResponseCode.NoError, true), (signed.Header.ResponseCode, signed.Header.IsAuthenticData));
        var plain = await AskAsync(unbound, "plain.example");
        Assert.Equal((DnsHeaderResponseCode.NoError, false), (plain.Header.ResponseCode, plain.Header.IsAuthenticData));
        var outside = await AskAsync(unbound, "www.example.org");
        Assert.Equal(DnsHeaderResponseCode.NotExistentDomain, outside.Header.ResponseCode);

        var foreign = (await knot.TrustAnchorsAsync("other.example", Token)).Select(line => line.Replace("other.", "signed.", StringComparison.Ordinal));
        await unbound.ReplaceAsync(settings with { TrustAnchors = [.. foreign] }, Token);
        var bogus = await AskAsync(unbound, "signed.example");
        Assert.Equal(DnsHeaderResponseCode.ServerFailure, bogus.Header.ResponseCode);
    }

    [Fact]
    public async Task Unbound_ChangedZone_IsSeenAtOnceByDefault()
    {
        await using var knot = await KnotServer.StartAsync([new("good.example", "@ A 192.0.2.1"), new("2.0.192.in-addr.arpa", "1 PTR mx.good.example.")], cancellationToken: Token);
        await using var unbound = await UnboundServer.StartAsync(
            new() { Stubs = new[] { "good.example", "2.0.192.in-addr.arpa" }.ToDictionary(zone => zone, _ => knot.EndPoint) }, Token);
        Assert.Single((await AskAsync(unbound, "good.example")).Answers.ARecords());
        var reverse = await DnsPoll.Client(unbound.EndPoint).QueryAsync("1.2.0.192.in-addr.arpa", QueryType.PTR, cancellationToken: Token);
        Assert.Single(reverse.Answers.PtrRecords());

        await knot.SetZoneAsync("good.example", "@ A 192.0.2.9", Token);

        Assert.Equal("192.0.2.9", Assert.Single((await AskAsync(unbound, "good.example")).Answers.ARecords()).Address.ToString());
    }

    [Fact]
    public async Task Rbl_ListAndDelist_AnswersFollowAndTheTestPointsHold()
    {
        await using var rbl = await RblServer.StartAsync(
            [("bl.example", RblKind.Ip4), ("bl6.example", RblKind.Ip6), ("dbl.example", RblKind.Domain)], cancellationToken: Token);
        Assert.Equal("127.0.0.2", await ListedAsync(rbl, "2.0.0.127.bl.example"));
        Assert.Null(await ListedAsync(rbl, "1.0.0.127.bl.example"));
        Assert.Equal("127.0.0.2", await ListedAsync(rbl, "2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.bl6.example"));
        Assert.Equal("127.0.0.2", await ListedAsync(rbl, "test.dbl.example"));

        await rbl.ListAsync("bl.example", "127.0.1.10", "127.0.0.4", cancellationToken: Token);
        await rbl.ListAsync("dbl.example", ".bad.example", "127.0.1.2", cancellationToken: Token);
        Assert.Equal("127.0.0.4", await ListedAsync(rbl, "10.1.0.127.bl.example"));
        Assert.Equal("127.0.1.2", await ListedAsync(rbl, "bad.example.dbl.example"));

        await rbl.DelistAsync("bl.example", "127.0.1.10", Token);
        Assert.Null(await ListedAsync(rbl, "10.1.0.127.bl.example"));

        await rbl.AnswerEverythingAsync("bl.example", "127.255.255.254", Token);
        Assert.Equal("127.255.255.254", await ListedAsync(rbl, "1.0.0.127.bl.example"));
        await rbl.AnswerEverythingAsync("bl.example", "192.0.2.77", Token);
        Assert.Equal("192.0.2.77", await ListedAsync(rbl, "1.0.0.127.bl.example"));
    }

    private static async Task<IDnsQueryResponse> AskAsync(UnboundServer unbound, string name) =>
        await new LookupClient(new LookupClientOptions(unbound.EndPoint) { UseCache = false, ThrowDnsErrors = false, RequestDnsSecRecords = true })
            .QueryAsync(name, QueryType.A, cancellationToken: Token);

    private static async Task<string?> ListedAsync(RblServer rbl, string name) =>
        (await DnsPoll.Client(rbl.EndPoint).QueryAsync(name, QueryType.A, cancellationToken: Token)).Answers.ARecords().FirstOrDefault()?.Address.ToString();
}
