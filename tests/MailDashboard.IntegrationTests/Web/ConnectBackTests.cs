using System.Net;
using System.Web;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Profiles.Connecting;
using MailDashboard.Monitoring.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>Who presses "connect" inside a set-up comes back to that step of it.</summary>
public sealed class ConnectBackTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connect_FromASetUp_ComesBackToItsStep()
    {
        var (host, browser) = await WebHost.StartWithAdministratorAsync();
        await using var _ = host;
        var id = (await host.Services.GetRequiredService<ProfileStore>().SaveAsync(null, Profiles.Connectable, Token)).Id!.Value;
        await host.Services.GetRequiredService<SettingsStore>().UpdateAsync(s => s with { PublicUrl = "https://mail-dashboard.example.org" }, Token);
        using var scope = host.Services.CreateScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync(WebHost.Email);
        var account = new AccountReference(AccountTable.Profiles, id) { BackTo = "wizard/7/profile" };
        var (ticket, _) = await host.Services.GetRequiredService<AccountConnections>().BeginAsync(account, user!.Id.ToString(), Token);
        using var leaving = await browser.GetAsync(new Uri($"/profiles/connect?ticket={ticket}", UriKind.Relative), Token);
        var state = HttpUtility.ParseQueryString(leaving.Headers.Location!.Query)["state"];

        using var back = await browser.GetAsync(new Uri($"/profiles/connected?state={state}&error=access_denied", UriKind.Relative), Token);

        Assert.Equal((HttpStatusCode.Found, "/wizard/7/profile?connected=Declined"), (back.StatusCode, back.Headers.Location?.OriginalString));
    }
}
