using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.IntegrationTests.Servers.Web;
using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Publishing;
using MailDashboard.Mail.Publishing.Keys;
using MailDashboard.Mail.Publishing.Looking;
using MailDashboard.Monitoring.Wizard;
using HttpRequest = MailDashboard.Checks.Probing.Http.HttpRequest;

namespace MailDashboard.IntegrationTests.Mail.Publishing;

/// <summary>
/// What a plan says is published as it says it, on a real Knot, and then everything that looks at DNS looks at it: nothing of warning or
/// worse may be left to say, the plan made anew has nothing left to do, and every record is seen.
/// </summary>
public sealed class PublishedPlanTests
{
    private const string Hosts = "hosts.example";
    private const string Office = "office.example";

    /// <summary>Of the web server.</summary>
    private const string Web = "127.0.9.63";

    private static readonly DkimKeyPair Rsa = DkimKeyPair.Create(DkimAlgorithm.Rsa, "s202611");
    private static readonly DkimKeyPair Ed25519 = DkimKeyPair.Create(DkimAlgorithm.Ed25519, "e202611");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_OwnServer_LeavesNothingToSay()
    {
        var request = new PublishingRequest("own.example", "own.example", MailRoles.Both)
        {
            SendingAddresses = [IPAddress.Parse("127.0.9.1")],
            ExchangersSend = true,
            Exchangers = [new Exchanger(10, $"mx.{Hosts}")],
            Keys = [Rsa.Publication, Ed25519.Publication],
            DmarcReports = $"dmarc@{Office}",
            DmarcStage = DmarcStage.TestQuarantine,
            TlsReports = "tls@own.example",
            MtaSts = new MtaStsWish(MtaStsMode.Testing, $"web.{Hosts}"),
            OwnZones = [Office],
        };

        await PublishAsync(request, there: "@ TXT \"v=spf1 mx +all\"\n@ TXT \"verification=1\"\n_dmarc TXT \"v=DMARC1; p=none; pct=50\"\nold A 127.0.9.1");
    }

    [Fact]
    public async Task Publish_Providers_LeaveNothingToSay()
    {
        var request = new PublishingRequest("relayed.example", "relayed.example", MailRoles.Both)
        {
            Providers =
            [
                Choose("amazon-ses", ("region", "eu-west-1"), ("token1", "aaa"), ("token2", "bbb"), ("token3", "ccc")),
                Choose("google-workspace", ("dkim", Rsa.RecordText)),
            ],
            DmarcReports = "dmarc@relayed.example",
            TlsReports = "tls@relayed.example",
        };

        await PublishAsync(request, there: $"@ MX 10 mx.{Hosts}.\n@ TXT \"v=spf1 ip4:127.0.9.1 -all\"\n@ TXT \"v=spf1 mx ~all\"");
    }

    [Fact]
    public async Task Publish_Parked_LeavesNothingToSay()
    {
        var request = new PublishingRequest("parked.example", "parked.example", MailRoles.Parked);

        await PublishAsync(request, there: $"@ MX 10 mx.{Hosts}.\n@ A 127.0.9.9\n_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:tls@parked.example\"");
    }

    private static ChosenProvider Choose(string id, params (string Key, string Value)[] entries) =>
        new(ProviderCatalogue.Find(id)!, entries.ToImmutableDictionary(e => e.Key, e => e.Value));

    private static async Task PublishAsync(PublishingRequest request, string there)
    {
        await using var knot = await KnotServer.StartAsync([new(request.Domain, there), .. Common()], cancellationToken: Token);
        var engine = await EngineAsync(knot);
        var plan = await PlanAsync(request, engine);
        Assert.DoesNotContain(plan.Records, r => r.Action == PlanAction.Cannot);
        Assert.Contains(plan.Records, r => r.IsOpen);

        // Exactly what the plan says: what it replaces goes, its lines come, everything else stays.
        var kept = there.Split('\n').Where(l => !plan.Records.Any(r => Replaces(r, l)));
        await knot.SetZoneAsync(request.Domain, string.Join('\n', [.. kept, .. Lines(plan, request.Zone)]), Token);
        await knot.SetZoneAsync(Office, string.Join('\n', [OfficeRecords, .. Lines(plan, Office)]), Token);

        var after = await EngineAsync(knot);
        Assert.Equal([], await WeightyAsync(request, plan, after));
        var again = await PlanAsync(request, after, plan);
        Assert.Equal([], again.Records.Where(r => r.Action != PlanAction.AlreadyRight).Select(r => $"{r.Owner} {r.Type} {r.Action}"));
        Assert.True(again.IsDone);
        foreach (var record in plan.Records)
        {
            var look = await new PublishedLooker(after.Dns, after.Hosts.Authority).LookAsync(record, Token);
            Assert.True(look is PublishedLook.Seen { IsEverywhere: true, Via: LookedAt.NameServers }, $"{record.Owner}: {look}");
        }

        await ServeAsync(plan, after);
    }

    /// <summary>The files of a plan, served as it says, are what senders need: the family that fetches them has nothing to say but that it only reports.</summary>
    private static async Task ServeAsync(PublishingPlan plan, AuditEngine engine)
    {
        if (plan.Files is not [var file])
        {
            return;
        }

        using var certificates = new TestCertificates();
        var site = new NginxSite(file.Address.Host, certificates.Issue(file.Address.Host)) { Files = new Dictionary<string, string> { [file.Address.AbsolutePath] = file.Text } };
        await using var web = await NginxServer.StartAsync(new IPEndPoint(IPAddress.Parse(Web), 443), [site], Token);
        var connector = new TcpConnector(AddressGuard.AllowAll, TimeSpan.FromSeconds(5), TimeProvider.System);
        var inspector = new CertificateInspector(TimeProvider.System, [certificates.Authority]);
        var http = new HttpProbe(connector, inspector, TimeProvider.System);
        Assert.Equal(FileState.Seen, WizardFiles.Judge(file, await http.FetchAsync(new HttpRequest(file.Address), engine.Dns, Token)));

        var port25 = new Port25Vantage(TimeProvider.System);
        var smtp = new SmtpProbe(connector, port25, inspector, new SmtpProbeOptions(), TimeProvider.System);
        var audit = new DomainAudit([new MtaStsCheck()], engine.Dns, smtp, port25, TimeProvider.System, hosts: new HostProbes(connector, http));
        var report = await audit.RunAsync(new AuditTarget(plan.Domain), new AuditOptions(), BlocklistSettings.Default, null, Token);
        Assert.IsType<CheckOutcome.Completed>(report.Families[0].Outcome);
        Assert.DoesNotContain(report.Families[0].Outcome.Findings, f => f.Severity >= Severity.Warning);
    }

    private static async Task<PublishingPlan> PlanAsync(PublishingRequest request, AuditEngine engine, PublishingPlan? published = null)
    {
        var current = await CurrentRecords.AskAsync(request, engine.Dns, Token);
        return await PublishingPlanner.PlanAsync(request, current with { MtaStsPolicy = published?.Files.FirstOrDefault()?.Text }, engine.Dns, Token);
    }

    private static IEnumerable<string> Lines(PublishingPlan plan, string zone) => plan.Records.Where(r => r.IsOpen && r.Zone == zone).SelectMany(r => RecordFormat.ZoneLines(r));

    private static bool Replaces(PlannedRecord record, string line)
    {
        var words = line.Split(' ', 3);
        return words[0] == RecordFormat.Host(record.Owner, record.Zone) && record.Replaces.Any(r => r.Type.ToString() == words[1] && words[2].Trim('"').TrimEnd('.') == r.Value);
    }

    private static async Task<List<string>> WeightyAsync(PublishingRequest request, PublishingPlan plan, AuditEngine engine)
    {
        var selectors = plan.Records.Where(r => r.Part == PlanPart.Dkim && !r.Owner.StartsWith('*')).Select(r => DkimSelectors.Normalize(r.Owner, request.Domain));
        var target = new AuditTarget(request.Domain) { Roles = request.Roles, Selectors = [.. selectors], SendingAddresses = request.SendingAddresses };
        var report = await engine.CreateAudit(CheckFamilies.All).RunAsync(target, new AuditOptions { DnsOnly = true }, BlocklistSettings.Default, null, Token);
        Assert.All(report.Families.Where(f => f.Family is "spf" or "dkim" or "dmarc" or "mx"), f => Assert.IsNotType<CheckOutcome.Inconclusive>(f.Outcome));
        return [.. report.Families.SelectMany(f => f.Outcome.Findings).Where(f => f.Severity >= Severity.Warning).Select(f => $"{f.Code} {f.Subject}: {string.Join(" | ", f.Evidence.Select(e => e.Value))}")];
    }

    private static Task<AuditEngine> EngineAsync(KnotServer knot) => AuditEngine.CreateAsync(
        new AuditEngineOptions
        {
            DnsServers = [new DnsServerAddress(knot.EndPoint.Address.ToString(), knot.EndPoint.Port)],
            Guard = AddressGuard.AllowAll,
            Authority = new AuthorityProbeOptions { Port = knot.EndPoint.Port },
        },
        TimeProvider.System,
        Token);

    private const string OfficeRecords = $"@ MX 10 mx.{Hosts}.";

    private static IEnumerable<KnotZone> Common()
    {
        yield return new(Hosts, $"mx A 127.0.9.1\nweb A {Web}");
        yield return new("9.0.127.in-addr.arpa", $"1 PTR mx.{Hosts}.");
        yield return new(Office, OfficeRecords);
        var keys = string.Join('\n', new[] { "aaa", "bbb", "ccc" }.Select(t => $"{t}.dkim TXT {RecordFormat.Quoted(Rsa.RecordText)}"));
        yield return new("amazonses.com", $"@ TXT \"v=spf1 ip4:127.0.9.1 -all\"\nfeedback-smtp.eu-west-1 A 127.0.9.1\n{keys}");
        yield return new("google.com", "_spf TXT \"v=spf1 ip4:127.0.9.1 ~all\"");
    }
}
