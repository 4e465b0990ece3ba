using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Servers.Dns;

namespace MailDashboard.IntegrationTests.Checks.Dns;

public sealed class RealDnsServersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Knot_EveryKindOfAnswer_IsReadAndKeptApart()
    {
        var texts = string.Join('\n', Enumerable.Range(0, 300).Select(i => $"big TXT \"{i} {new string('x', 150)}\""));
        await using var knot = await KnotServer.StartAsync(
            [
                new("good.example", $"@ MX 10 mx\nmx A 127.0.1.10\nmx AAAA 2001:db8::1\nparked MX 0 .\nalias CNAME mx\nout CNAME mx.other.example.\nlost CNAME nothing.other.example.\nloop CNAME loop2\nloop2 CNAME loop\n_25._tcp.mx TLSA 3 1 1 aabb\n{texts}"),
                new("other.example", "mx A 192.0.2.7"),
            ],
            cancellationToken: Token);
        var dns = new WireResolver([knot.EndPoint], new DnsWireOptions(), TimeProvider.System);
        Task<DnsAnswer> Ask(string name, DnsRecordType type) => dns.QueryAsync(name, type, Token);

        Assert.Equal("mx.good.example", Assert.Single((await Ask("good.example", DnsRecordType.MX)).Exchanges).Exchange);
        Assert.Equal("", Assert.Single((await Ask("parked.good.example", DnsRecordType.MX)).Exchanges).Exchange);
        Assert.Equal(IPAddress.Parse("2001:db8::1"), Assert.Single((await Ask("mx.good.example", DnsRecordType.AAAA)).Addresses));
        Assert.Equal(["mx.good.example"], (await Ask("alias.good.example", DnsRecordType.A)).Aliases);
        Assert.Equal("192.0.2.7", Assert.Single((await Ask("out.good.example", DnsRecordType.A)).Addresses).ToString());
        Assert.Equal(DnsStatus.NxDomain, (await Ask("lost.good.example", DnsRecordType.A)).Status);
        Assert.Equal("CNAME loop", (await Ask("loop.good.example", DnsRecordType.A)).Detail);
        Assert.Equal([0xAA, 0xBB], Assert.IsType<TlsaRecord>(Assert.Single((await Ask("_25._tcp.mx.good.example", DnsRecordType.TLSA)).Records)).Association.ToArray());
        Assert.Equal(300, (await Ask("big.good.example", DnsRecordType.TXT)).Texts.Count());

        var nothing = await Ask("mx.good.example", DnsRecordType.MX);
        Assert.Equal(DnsStatus.NoData, nothing.Status);
        Assert.NotNull(nothing.NegativeTtl);
        var absent = await Ask("absent.good.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.NxDomain, absent.Status);
        Assert.NotNull(absent.NegativeTtl);
        Assert.Equal(DnsStatus.Refused, (await Ask("elsewhere.invalid", DnsRecordType.A)).Status);
    }

    [Fact]
    public async Task Unbound_SignedZone_IsAuthenticatedAndBogusIsToldFromDead()
    {
        await using var knot = await KnotServer.StartAsync(
            [new("signed.example", "@ A 192.0.2.1", Signed: true), new("plain.example", "@ A 192.0.2.2"), new("other.example", "@ A 192.0.2.3", Signed: true)],
            cancellationToken: Token);
        var stubs = new[] { "signed.example", "plain.example" }.ToDictionary(zone => zone, _ => knot.EndPoint);
        var settings = new UnboundSettings { Stubs = stubs, TrustAnchors = await knot.TrustAnchorsAsync("signed.example", Token) };
        await using var unbound = await UnboundServer.StartAsync(settings, Token);
        var engine = await AuditEngine.CreateAsync(
            new AuditEngineOptions { DnsServers = [new DnsServerAddress(unbound.EndPoint.Address.ToString(), unbound.EndPoint.Port)] }, TimeProvider.System, Token);

        Assert.True((await engine.Dns.QueryAsync("signed.example", DnsRecordType.A, Token)).IsAuthenticated);
        var plain = await engine.Dns.QueryAsync("plain.example", DnsRecordType.A, Token);
        Assert.Equal((DnsStatus.Answered, false), (plain.Status, plain.IsAuthenticated));

        var foreign = (await knot.TrustAnchorsAsync("other.example", Token)).Select(line => line.Replace("other.", "signed.", StringComparison.Ordinal));
        await unbound.ReplaceAsync(settings with { TrustAnchors = [.. foreign] }, Token);
        var bogus = await engine.Dns.QueryAsync("signed.example", DnsRecordType.A, DnsOptions.Fresh, Token);
        Assert.Equal(DnsStatus.ServFail, bogus.Status);
        var uncheckedAnswer = await engine.Dns.QueryAsync("signed.example", DnsRecordType.A, DnsOptions.Fresh | DnsOptions.CheckingDisabled, Token);
        Assert.Equal(DnsStatus.Answered, uncheckedAnswer.Status);
        Assert.False(uncheckedAnswer.IsAuthenticated);
    }
}
