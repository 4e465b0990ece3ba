using DnsClient;
using MailDashboard.IntegrationTests.Servers.Dns;

namespace MailDashboard.IntegrationTests.ServerTests;

public sealed class DnsRelayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Relay_RuleByName_FaultsThereAndPassesTheRest()
    {
        await using var knot = await KnotServer.StartAsync([new("good.example", "* A 192.0.2.1")], cancellationToken: Token);
        await using var relay = DnsRelay.Start(knot.EndPoint);
        relay.Rule = name => name switch
        {
            "broken.good.example" => DnsFault.ServFail,
            "shut.good.example" => DnsFault.Refused,
            "silent.good.example" => DnsFault.Silence,
            "late.good.example" => DnsFault.Late(TimeSpan.FromMilliseconds(50)),
            _ => null,
        };

        Assert.Equal(DnsHeaderResponseCode.NoError, await AskAsync(relay, "www.good.example", tcp: false));
        Assert.Equal(DnsHeaderResponseCode.NoError, await AskAsync(relay, "www.good.example", tcp: true));
        Assert.Equal(DnsHeaderResponseCode.NoError, await AskAsync(relay, "late.good.example", tcp: false));
        Assert.Equal(DnsHeaderResponseCode.ServerFailure, await AskAsync(relay, "broken.good.example", tcp: false));
        Assert.Equal(DnsHeaderResponseCode.Refused, await AskAsync(relay, "SHUT.good.example", tcp: true));
        Assert.False(await DnsPoll.AnswersAsync(relay.EndPoint, "silent.good.example", Token));
        Assert.True(relay.Asked >= 6);
    }

    private static async Task<DnsHeaderResponseCode> AskAsync(DnsRelay relay, string name, bool tcp)
    {
        var client = new LookupClient(new LookupClientOptions(relay.EndPoint) { UseCache = false, Retries = 0, UseTcpOnly = tcp, ThrowDnsErrors = false });
        return (await client.QueryAsync(name, QueryType.A, cancellationToken: Token)).Header.ResponseCode;
    }
}
