using System.Diagnostics;
using System.Net;
using System.Net.Security;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Autoconfig;
using MailDashboard.Checks.Mapi;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.IntegrationTests.Checks.Smtp;

namespace MailDashboard.IntegrationTests.Checks.Policies;

/// <summary>The family and the one beside it over real DNS and a real web server: right is silent, each fault is named alone and once.</summary>
public sealed class MapiServerTests(MapiWorld world) : IClassFixture<MapiWorld>
{
    [Theory]
    [InlineData("right")]
    [InlineData("moved")]
    [InlineData("online")]
    [InlineData("srv")]
    [InlineData("nowhere", "MAP002")]
    [InlineData("bogus", "MAP002")]
    [InlineData("refused", "MAP003")]
    [InlineData("missing", "MAP004")]
    [InlineData("forbidden", "MAP004")]
    [InlineData("toplain", "MAP005")]
    [InlineData("plainly", "MAP005")]
    [InlineData("loop", "MAP006")]
    [InlineData("plainloop", "MAP006")]
    [InlineData("expired", "MAP007")]
    [InlineData("othername", "MAP008")]
    [InlineData("selfsigned", "MAP009")]
    [InlineData("unknown", "MAP009")]
    [InlineData("html", "MAP011")]
    [InlineData("bomb", "MAP011")]
    [InlineData("big", "MAP011")]
    [InlineData("unasked", "MAP012")]
    [InlineData("digest", "MAP012")]
    [InlineData("password", "MAP013")]
    [InlineData("alsobasic", "MAP014")]
    [InlineData("told", "MAP015")]
    [InlineData("open", "MAP015")]
    [InlineData("nomapi", "MAP016")]
    [InlineData("page", "MAP017")]
    public async Task Check_OneFault_IsNamedAloneAndPointsIntoTheTranscript(string zone, params string[] codes)
    {
        var report = await AuditAsync(zone);

        Assert.Equal(codes, Codes(report));
        Assert.IsType<CheckOutcome.Completed>(report.Families[0].Outcome);
        var index = TranscriptIndex.Of(report);
        Assert.All(report.Families[0].Outcome.Findings, f =>
        {
            var pointers = index.Find("mapi", f);
            Assert.NotEmpty(f.Code == "MAP002" ? pointers.Dns : pointers.Conversations);
        });
    }

    [Theory]
    [InlineData("nothing", "NothingPublished")]
    [InlineData("none", "NothingPublished")]
    [InlineData("wildcard", "NothingPublished")]
    [InlineData("imap", "OtherSettings")]
    public async Task Check_NoExchange_DoesNotApply(string zone, string reason)
    {
        var report = await AuditAsync(zone);

        Assert.Empty(report.Families[0].Outcome.Findings);
        Assert.Equal(reason, Assert.IsType<CheckOutcome.NotApplicable>(report.Families[0].Outcome).Reason.Key);
    }

    [Fact]
    public async Task Check_BusyServer_IsUndetermined() => await AssertOpenAsync("busy", "NotFetched");

    [Fact]
    public async Task Check_GuardedAddress_IsUndeterminedAndNotDialled() => await AssertOpenAsync("right", "AddressGuarded", AddressGuard.PublicOnly);

    [Fact]
    public async Task Check_RedirectToAGuardedAddress_IsUndetermined()
    {
        await using var server = Rude("HTTP/1.1 302 Found\r\nLocation: https://127.0.9.11/autodiscover/autodiscover.xml\r\nContent-Length: 0\r\n\r\n");

        await AssertOpenAsync("rude", "AddressGuarded", new AddressGuard(IpNetworkList.Parse("127.0.9.14/32")));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 1000000000\r\n\r\n", "<a>", "MAP011")]
    [InlineData("HTTP/1.1 401 Unauthorized\r\nContent-Length: 1000000000\r\n\r\n", "xxxxxxxx", "MAP012")]
    [InlineData("HTTP/1.1 200 OK\r\nWWW-Authenticate: ", "NTLM, ", "MAP011")]
    public async Task Check_EndlessAnswers_CostLittle(string start, string again, string code)
    {
        await using var server = Rude(start, again);
        var before = Stopwatch.GetTimestamp();

        Assert.Equal([code], Codes(await AuditAsync("rude")));
        Assert.InRange(Stopwatch.GetElapsedTime(before), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Check_DrippingServer_IsUndetermined()
    {
        await using var server = Rude("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 50\r\n\r\ndrip", stays: true);

        await AssertOpenAsync("rude", "NotFetched");
    }

    [Fact]
    public async Task Check_NoHttps_IsNamedAlone()
    {
        await using var server = new LoopbackServer((s, stop) => LoopbackServer.SendAsync(s, "HTTP/1.1 400 Bad Request\r\n\r\n", stop), new IPEndPoint(IPAddress.Parse("127.0.9.14"), 443));

        Assert.Equal(["MAP010"], Codes(await AuditAsync("rude")));
    }

    /// <summary>What is said of Autodiscover itself is said by one family; that nothing else is published, which the other says here, is an Info.</summary>
    private static IEnumerable<string> Codes(AuditReport report) =>
        report.Families.SelectMany(f => f.Outcome.Findings).Where(f => f.Severity > Severity.Info).Select(f => f.Code);

    private Task<AuditReport> AuditAsync(string zone, AddressGuard? guard = null) => world.AuditAsync([new MapiCheck(), new AutoconfigCheck()], $"{zone}.example", guard);

    private async Task AssertOpenAsync(string zone, string reason, AddressGuard? guard = null)
    {
        var report = await AuditAsync(zone, guard);

        Assert.Empty(Codes(report));
        Assert.Equal(reason, Assert.IsType<CheckOutcome.Inconclusive>(report.Families[0].Outcome).Reason.Key);
    }

    private LoopbackServer Rude(string start, string? again = null, bool stays = false) => new(
        async (plain, stop) =>
        {
            using var certificate = world.Certificates.Issue("autodiscover.rude.example").Certificate;
            await using var stream = new SslStream(plain);
            await stream.AuthenticateAsServerAsync(new() { ServerCertificate = certificate }, stop);
            await LoopbackServer.CommandAsync(stream, stop);
            await LoopbackServer.SendAsync(stream, start, stop);
            while (again is not null && !stop.IsCancellationRequested)
            {
                await LoopbackServer.SendAsync(stream, again, stop);
            }

            await Task.Delay(stays ? Timeout.Infinite : 0, stop);
        },
        new IPEndPoint(IPAddress.Parse("127.0.9.14"), 443));
}
