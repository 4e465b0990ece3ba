using System.Net;
using System.Text;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Monitoring.Reports;
using MailDashboard.Web.Account;
using MailDashboard.Web.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.IntegrationTests.Web;

public sealed class SharedReportTests
{
    private static readonly string[] _files = ["reports/print", "reports/report.pdf", "reports/domains.csv"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ReportPeriod Month => ReportPeriod.Of(PeriodKind.ThisMonth, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));

    [Fact]
    public async Task Link_ReadByAStranger_IsThePageInItsLanguageAndNothingElse()
    {
        var (host, _) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        await AddDomainAsync(host, "=cmd().example.org");
        var path = SharedReports.PathOf(await host.Services.GetRequiredService<ReportLinks>().CreateAsync(Month, "", "fr", 7, "admin", Token));
        using var stranger = host.Browser("en");

        using var response = await stranger.GetAsync(new Uri(path, UriKind.Relative), Token);
        var page = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<html lang=\"fr\"", page, StringComparison.Ordinal);
        Assert.Contains("Domaines de messagerie", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("blazor", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<nav", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.StartsWith("noindex", Header(response, "X-Robots-Tag"), StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));

        using var pdf = await stranger.GetAsync(new Uri($"{path}/report.pdf", UriKind.Relative), Token);
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType?.MediaType);
        Assert.Equal("%PDF-", Encoding.ASCII.GetString((await pdf.Content.ReadAsByteArrayAsync(Token))[..5]));
        Assert.Equal("no-referrer", Header(pdf, "Referrer-Policy"));
    }

    [Fact]
    public async Task Link_ExpiredWithdrawnOrGuessed_GetsOneAndTheSameAnswer()
    {
        var (host, _) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        var links = host.Services.GetRequiredService<ReportLinks>();
        var withdrawn = await links.CreateAsync(Month, "", "fr", 7, "admin", Token);
        await links.RevokeAsync((await links.FindAsync(withdrawn, Token))!.Id, Token);
        var old = new ReportLinks(host.Services.GetRequiredService<IDbContextFactory<DashboardContext>>(), host.Services.GetRequiredService<DatabaseWriter>(), new Past());
        var expired = await old.CreateAsync(Month, "", "fr", 7, "admin", Token);
        using var stranger = host.Browser();
        var answers = new List<string>();
        foreach (var path in new[] { withdrawn, expired, "guessed", "..%2f..", withdrawn + "/report.pdf", "guessed/report.pdf" }.Select(SharedReports.PathOf))
        {
            using var response = await stranger.GetAsync(new Uri(path, UriKind.Relative), Token);
            answers.Add($"{response.StatusCode} {Header(response, "Referrer-Policy")} {response.Headers.CacheControl} {await response.Content.ReadAsStringAsync(Token)}");
        }

        var answer = Assert.Single(answers.Distinct());
        Assert.StartsWith("NotFound no-referrer no-store <!DOCTYPE html>", answer, StringComparison.Ordinal);
        Assert.Contains("Ask whoever gave it to you", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_TriedOften_IsSlowedDown()
    {
        var (host, _) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        using var stranger = host.Browser();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 70; i++)
        {
            using var response = await stranger.GetAsync(new Uri(SharedReports.PathOf($"guess{i}"), UriKind.Relative), Token);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(60, statuses.Count(s => s == HttpStatusCode.NotFound));
        Assert.Equal(10, statuses.Count(s => s == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Files_AskedByRoleOrStranger_AreForWhoMayRead()
    {
        var (host, _) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        await AddDomainAsync(host, "plain.example.org", "=cmd()|' /c calc'!a0");
        await host.Services.GetRequiredService<People>().CreateAsync("viewer@example.org", null, AppRoles.Viewer, WebHost.Password, null, Token);
        using var viewer = host.Browser("fr");
        using var signedIn = await WebHost.SignInAsync(viewer, WebHost.Password, "viewer@example.org");
        using var stranger = host.Browser();
        foreach (var file in _files)
        {
            using var refused = await stranger.GetAsync(new Uri(file, UriKind.Relative), Token);
            Assert.Contains("/sign-in", refused.Headers.Location?.OriginalString, StringComparison.Ordinal);
            using var given = await viewer.GetAsync(new Uri($"{file}?period=quarter", UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.OK, given.StatusCode);
            Assert.Equal("no-store", given.Headers.CacheControl?.ToString());
        }

        using var share = await viewer.GetAsync(new Uri("reports/share", UriKind.Relative), Token);
        Assert.Contains("/denied", share.Headers.Location?.OriginalString, StringComparison.Ordinal);
        var csv = await viewer.GetStringAsync(new Uri("reports/domains.csv", UriKind.Relative), Token);
        Assert.Contains("\"plain.example.org\";\"'=cmd()|' /c calc'!a0\"", csv, StringComparison.Ordinal);
    }

    private static async Task AddDomainAsync(WebHost host, string name, params string[] tags)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token);
        db.Domains.Add(new MailDomain { Name = name, DisplayName = name, CreatedAt = TimeProvider.System.GetUtcNow(), Tags = [.. tags.Select(t => new DomainTag { Tag = t })] });
        await db.SaveChangesAsync(Token);
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(',', response.Headers.GetValues(name));

    private sealed class Past : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(-8);
    }
}
