using System.Net;
using System.Net.Http.Headers;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Autoconfig;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Web.Account;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>The files that a domain's page offers, as they arrive.</summary>
public sealed class SettingsFilesTests
{
    private const string Domain = "xn--bcher-kva.example";
    private const string Proposal = "SUBMISSION mail.example.org:465 TLS\nIMAP mail.example.org:993 TLS";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("config-v1.1.xml", "application/xml", "config-v1.1.xml", "<hostname>mail.example.org</hostname>")]
    [InlineData("autodiscover.xml", "application/xml", "autodiscover.xml", "<Server>mail.example.org</Server>")]
    [InlineData("srv.zone", "text/plain", $"{Domain}-srv.zone", $"_imaps._tcp.{Domain}. IN SRV 0 1 993 mail.example.org.\n")]
    [InlineData("apple.mobileconfig", "application/x-apple-aspen-config", $"{Domain}.mobileconfig", "<string>EmailTypeIMAP</string>")]
    public async Task Get_File_ComesToViewersAsAnAttachment(string file, string type, string saveAs, string part)
    {
        var (host, administrator) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        using var ___ = administrator;
        var id = await RecordAsync(host, Proposal);
        await host.Services.GetRequiredService<People>().CreateAsync("vic@example.org", null, AppRoles.Viewer, WebHost.Password, null, Token);
        using var viewer = host.Browser();
        using var signedIn = await WebHost.SignInAsync(viewer, WebHost.Password, "vic@example.org");

        using var response = await viewer.GetAsync(new Uri($"/domains/{id}/autoconfig/{file}", UriKind.Relative), Token);

        Assert.Equal((HttpStatusCode.OK, type, "utf-8"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentType?.CharSet));
        Assert.Equal(("attachment", saveAs), Disposition(response.Content.Headers.ContentDisposition));
        Assert.Contains(part, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Unknown_IsNotFound()
    {
        var (host, administrator) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        using var ___ = administrator;
        var id = await RecordAsync(host, Proposal);
        var bare = await AddAsync(host, "bare.example");

        foreach (var path in new[] { $"{id}/autoconfig/other.xml", $"{id + 100}/autoconfig/srv.zone", $"{bare}/autoconfig/srv.zone", $"{id}/autoconfig/..%2Fsrv.zone" })
        {
            using var response = await administrator.GetAsync(new Uri($"/domains/{path}", UriKind.Relative), Token);

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Get_ByAStranger_LeadsToSignIn()
    {
        var (host, administrator) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        using var ___ = administrator;
        var id = await RecordAsync(host, Proposal);
        using var stranger = host.Browser();

        using var response = await stranger.GetAsync(new Uri($"/domains/{id}/autoconfig/srv.zone", UriKind.Relative), Token);

        Assert.True(response.Headers.Location?.OriginalString.Contains("/sign-in", StringComparison.Ordinal), $"{response.StatusCode}");
        Assert.DoesNotContain("_imaps", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static (string?, string?) Disposition(ContentDispositionHeaderValue? header) => (header?.DispositionType, header?.FileName?.Trim('"'));

    private static async Task<int> AddAsync(WebHost host, string domain) =>
        Assert.IsType<DomainChange.Done>(await host.Services.GetRequiredService<DomainDirectory>().AddAsync(domain, new DomainDraft(), Token)).Id;

    private static async Task<int> RecordAsync(WebHost host, string proposal)
    {
        var id = await AddAsync(host, Domain);
        var outcome = new OutcomeBuilder().Fact(Subject.Domain(Domain), AutoconfigDownloads.FactKey, proposal).Build();
        var report = new AuditReport(
            Domain, TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(1), MailRoles.Both, [new("autoconfig", outcome, TimeSpan.FromMilliseconds(4))], new AuditTranscript([], []));
        var (lease, _) = await host.Services.GetRequiredService<DueDomains>().TakeOneAsync(id, Token);
        Assert.Equal(RecordResult.Recorded, await host.Services.GetRequiredService<ResultRecorder>().RecordAsync(lease!, DueKinds.All, report, BlocklistSettings.Default, Token));
        return id;
    }
}
