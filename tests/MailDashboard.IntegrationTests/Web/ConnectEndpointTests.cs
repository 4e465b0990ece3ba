using System.Net;
using System.Web;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Profiles.Connecting;
using MailDashboard.Monitoring.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>The browser's way to a provider and back leads nowhere else, whatever a link says.</summary>
public sealed class ConnectEndpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/profiles/connect")]
    [InlineData("/profiles/connect?ticket=https://evil.example")]
    [InlineData("/profiles/connected?state=made-up&code=x")]
    [InlineData("/profiles/connected?error=access_denied")]
    public async Task Link_OfAStranger_EndsAtTheList(string path)
    {
        var (host, browser) = await WebHost.StartWithAdministratorAsync();
        await using var _ = host;

        using var response = await browser.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal((HttpStatusCode.Found, "/profiles?connected=NotAsked"), (response.StatusCode, response.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Connect_FromTheButtonOn_LeavesForTheStoredAddressAndComesBackInTheSameBrowserOnly()
    {
        var (host, browser) = await WebHost.StartWithAdministratorAsync();
        await using var _ = host;
        var id = (await host.Services.GetRequiredService<ProfileStore>().SaveAsync(null, Profiles.Connectable, Token)).Id!.Value;
        var ticket = await BeginAsync(host, id);

        using var leaving = await browser.GetAsync(new Uri($"/profiles/connect?ticket={ticket}&next=https://evil.example", UriKind.Relative), Token);
        Assert.Equal("login.example.net", leaving.Headers.Location?.Host);
        var state = StateOf(leaving);
        Assert.Contains(leaving.Headers.GetValues("Set-Cookie"), c => c.StartsWith("maildash.connect=", StringComparison.Ordinal) && c.Contains("httponly", StringComparison.Ordinal) && c.Contains("samesite=lax", StringComparison.Ordinal));

        // Somebody with the same account, in another browser, and the address that came back.
        using var other = host.Browser();
        using var signedIn = await WebHost.SignInAsync(other, WebHost.Password);
        using var stolen = await other.GetAsync(new Uri($"/profiles/connected?state={state}&error=access_denied", UriKind.Relative), Token);
        Assert.Equal("/profiles?connected=NotAsked", stolen.Headers.Location?.OriginalString);

        using var back = await browser.GetAsync(new Uri($"/profiles/connected?state={state}&error=access_denied", UriKind.Relative), Token);
        Assert.Equal($"/profiles/{id}?connected=Declined", back.Headers.Location?.OriginalString);

        // The browser keeps it for once.
        using var twice = await browser.GetAsync(new Uri($"/profiles/connected?state={state}&error=access_denied", UriKind.Relative), Token);
        Assert.Equal("/profiles?connected=NotAsked", twice.Headers.Location?.OriginalString);
    }

    private static string? StateOf(HttpResponseMessage leaving) => HttpUtility.ParseQueryString(leaving.Headers.Location!.Query)["state"];

    private static async Task<string> BeginAsync(WebHost host, int id)
    {
        await host.Services.GetRequiredService<SettingsStore>().UpdateAsync(s => s with { PublicUrl = "https://mail-dashboard.example.org" }, Token);
        using var scope = host.Services.CreateScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync(WebHost.Email);
        var (ticket, failure) = await host.Services.GetRequiredService<AccountConnections>().BeginAsync(new(AccountTable.Profiles, id), user!.Id.ToString(), Token);
        Assert.Null(failure);
        return ticket!;
    }
}
