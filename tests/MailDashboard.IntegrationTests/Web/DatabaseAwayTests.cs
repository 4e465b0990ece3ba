using System.Net;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Data;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

public sealed class DatabaseAwayTests(Browser browser)
{
    private static readonly Uri Overview = new("/", UriKind.Relative);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_WhileTheDatabaseIsAway_SaysSoAndComesBack()
    {
        await using var server = await PostgresServer.StartAsync(Cancel);
        var (host, administrator) = await WebHost.StartWithAdministratorAsync(await server.CreateDatabaseAsync(Cancel));
        await using var _ = host;

        await server.StopAsync();
        using var away = await administrator.GetAsync(Overview, Cancel);
        var page = await away.Content.ReadAsStringAsync(Cancel);
        using var health = await administrator.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
        await server.RestartAsync(Cancel);
        using var back = await administrator.GetAsync(Overview, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.Contains("The database does not answer", page, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task Session_WhileTheDatabaseIsAway_Holds()
    {
        await using var server = await PostgresServer.StartAsync(Cancel);
        await using var host = await WebHost.StartAsync(await server.CreateDatabaseAsync(Cancel));
        var id = await host.CreateAsync("ada@example.org", AppRoles.Operator);
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var ada = (await users.FindByIdAsync(id))!;
        var principal = await scope.ServiceProvider.GetRequiredService<SignInManager<AppUser>>().CreateUserPrincipalAsync(ada);
        var roles = host.Services.GetRequiredService<CurrentRoles>();

        await server.StopAsync();
        var away = await roles.HoldsAsync(principal, Cancel);
        await server.RestartAsync(Cancel);
        var back = await roles.HoldsAsync(principal, Cancel);
        await users.RemoveFromRoleAsync(ada, AppRoles.Operator);

        Assert.True(away);
        Assert.True(back);
        Assert.False(await roles.HoldsAsync(principal, Cancel));
    }

    [Fact]
    public async Task OpenPage_WhileTheDatabaseIsAway_KeepsWhatWasTypedAndComesBackByItself()
    {
        await using var server = await PostgresServer.StartAsync(Cancel);
        await using var host = await WebHost.StartAsync(await server.CreateDatabaseAsync(Cancel), listen: true);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        await using var session = await browser.OpenAsync(new() { Locale = "en-GB" });
        await session.SignInAsync(host, WebHost.Email);
        await session.Page.GotoAsync($"{host.Url}settings/general");
        await session.Page.Locator("main input").First.FillAsync("Harbour Ltd");

        await server.StopAsync();
        await session.Page.Locator("main button.button--primary").ClickAsync();
        await Assertions.Expect(session.Page.Locator("main [role=alert]")).ToContainTextAsync("the database does not answer. What you typed is still here");
        await Assertions.Expect(session.Page.Locator("main input").First).ToHaveValueAsync("Harbour Ltd");
        await session.Page.Locator("nav a[href='domains']").First.ClickAsync();
        await Assertions.Expect(session.Page.Locator("h1")).ToHaveTextAsync("The database does not answer");
        await server.RestartAsync(Cancel);

        await Assertions.Expect(session.Page.Locator("h1")).ToHaveTextAsync("Domains", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task Program_BeforeTheSetup_GetsAStatusAndNoPage()
    {
        await using var host = await WebHost.StartAsync();

        using var response = await host.Browser().GetAsync(new Uri("/api/domains", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }
}
