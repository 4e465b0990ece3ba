using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.Mail.Publishing;
using MailDashboard.Mail.Publishing.Looking;

namespace MailDashboard.IntegrationTests.Mail.Publishing;

/// <summary>A record that was planned, and what people make of it in a DNS console, on a real Knot.</summary>
public sealed class PublishedLookerServerTests : IAsyncLifetime
{
    private const string Zone = "typed.example";
    private const string Owner = $"_dmarc.{Zone}";
    private const string Value = "v=DMARC1; p=none; rua=mailto:dmarc@typed.example";

    private KnotServer _knot = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _knot = await KnotServer.StartAsync([new(Zone, "")], cancellationToken: Token);

    public ValueTask DisposeAsync() => _knot.DisposeAsync();

    [Fact]
    public async Task Look_BeforeAndAfterPublishing_GoesFromNotYetToSeen()
    {
        // The resolver has just learnt that there is nothing; the name servers are asked past it.
        var engine = await EngineAsync();
        await engine.Dns.QueryAsync(Owner, DnsRecordType.TXT, Token);
        var before = await LookAsync(engine, Record());

        await _knot.SetZoneAsync(Zone, string.Join('\n', RecordFormat.ZoneLines(Record())), Token);
        var after = await LookAsync(engine, Record());

        Assert.Equal(5u, Assert.IsType<PublishedLook.NotYet>(before).Wait);
        Assert.Equal((true, LookedAt.NameServers), after is PublishedLook.Seen seen ? (seen.IsEverywhere, seen.Via) : default);
    }

    [Theory]
    [InlineData("_dmarc TXT \"\\\"v=DMARC1; p=none; rua=mailto:dmarc@typed.example\\\"\"", DifferenceKind.QuotesInside)]
    [InlineData("_dmarc TXT \"v=DMARC1\\\\; p=none\\\\; rua=mailto:dmarc@typed.example\"", DifferenceKind.SemicolonsEscaped)]
    [InlineData("_dmarc TXT \"v=DMARC1; p=none; rua=mailto:dmarc@ty ped.example\"", DifferenceKind.BlanksInside)]
    [InlineData("_dmarc TXT \"v=DMARC1; p=none; rua=mailto:dm\"", DifferenceKind.Truncated)]
    [InlineData("_dmarc.typed.example TXT \"v=DMARC1; p=none; rua=mailto:dmarc@typed.example\"", DifferenceKind.NameDoubled)]
    [InlineData("@ TXT \"v=DMARC1; p=none; rua=mailto:dmarc@typed.example\"", DifferenceKind.AtZoneTop)]
    [InlineData("_dmarc CNAME policy.elsewhere.example.", DifferenceKind.AliasInstead)]
    [InlineData("_dmarc TXT \"v=DMARC1; p=reject\"", DifferenceKind.OldValue)]
    [InlineData("_dmarc TXT \"v=DMARC1; p=quarantine\"", DifferenceKind.OtherValue)]
    [InlineData("_dmarc TXT \"v=DMARC1; p=none; rua=mailto:dmarc@typed.example\"\n_dmarc TXT \"v=DMARC1; p=quarantine\"", DifferenceKind.Several)]
    public async Task Look_ConsoleMistake_IsRecognised(string typed, DifferenceKind expected)
    {
        await _knot.SetZoneAsync(Zone, typed, Token);

        var look = Assert.IsType<PublishedLook.Different>(await LookAsync(await EngineAsync(), Record()));

        Assert.Equal(expected, Assert.Single(look.Differences).Kind);
    }

    [Fact]
    public async Task Look_LongKeyCutAtTheFirstString_IsTruncated()
    {
        var key = $"v=DKIM1; k=rsa; p={new string('A', 392)}";
        await _knot.SetZoneAsync(Zone, $"_dmarc TXT \"{key[..255]}\"", Token);
        var cut = await LookAsync(await EngineAsync(), Record() with { Values = [key] });
        await _knot.SetZoneAsync(Zone, string.Join('\n', RecordFormat.ZoneLines(Record() with { Values = [key] })), Token);
        var whole = await LookAsync(await EngineAsync(), Record() with { Values = [key] });

        Assert.Equal(DifferenceKind.Truncated, Assert.Single(Assert.IsType<PublishedLook.Different>(cut).Differences).Kind);
        Assert.IsType<PublishedLook.Seen>(whole);
    }

    [Fact]
    public async Task Look_TargetWithoutItsFinalDot_IsDoubled()
    {
        await _knot.SetZoneAsync(Zone, "_dmarc CNAME keys.provider.example", Token);

        var look = await LookAsync(await EngineAsync(), Record() with { Type = DnsRecordType.CNAME, Values = ["keys.provider.example"] });

        Assert.Equal(DifferenceKind.TargetDoubled, Assert.Single(Assert.IsType<PublishedLook.Different>(look).Differences).Kind);
    }

    [Fact]
    public async Task Look_NameServersOutOfReach_AsksTheResolverAndSaysSo()
    {
        await _knot.SetZoneAsync(Zone, string.Join('\n', RecordFormat.ZoneLines(Record())), Token);

        var look = Assert.IsType<PublishedLook.Seen>(await LookAsync(await EngineAsync(AddressGuard.PublicOnly), Record()));

        Assert.Equal((LookedAt.Resolver, $"127.0.0.1#{_knot.EndPoint.Port}"), (look.Via, Assert.Single(look.At)));
    }

    [Fact]
    public async Task Look_NobodyAnswers_CouldNotAsk()
    {
        await _knot.StopAsync();

        Assert.IsType<PublishedLook.CouldNotAsk>(await LookAsync(await EngineAsync(), Record()));
    }

    private static PlannedRecord Record() => new(PlanPart.Dmarc, Zone, Owner, DnsRecordType.TXT, [Value], PlanAction.Change, MailDashboard.Checks.Reason.Of("DmarcMonitor"))
    {
        Replaces = [new OldRecord(DnsRecordType.TXT, "v=DMARC1; p=reject")],
    };

    private static Task<PublishedLook> LookAsync(AuditEngine engine, PlannedRecord record) => new PublishedLooker(engine.Dns, engine.Hosts.Authority).LookAsync(record, Token);

    private Task<AuditEngine> EngineAsync(AddressGuard? guard = null) => AuditEngine.CreateAsync(
        new AuditEngineOptions
        {
            DnsServers = [new DnsServerAddress(_knot.EndPoint.Address.ToString(), _knot.EndPoint.Port)],
            Guard = guard ?? AddressGuard.AllowAll,
            Authority = new AuthorityProbeOptions { Port = _knot.EndPoint.Port, Timeout = TimeSpan.FromSeconds(1), Tries = 1 },
        },
        TimeProvider.System,
        Token);
}
