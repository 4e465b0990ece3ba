using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>People with accounts, as tests of several roles need them.</summary>
internal static class WebPeople
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <returns>The id of the account.</returns>
    public static async Task<string> CreateAsync(this WebHost host, string email, string role, string language = "en") =>
        Assert.IsType<PeopleResult.Done>(await host.Services.GetRequiredService<People>().CreateAsync(email, null, role, WebHost.Password, language, Token)).UserId;

    /// <summary>An account that has lost its role: signed in, and allowed nothing.</summary>
    public static async Task<string> CreateWithoutRoleAsync(this WebHost host, string email)
    {
        var id = await host.CreateAsync(email, AppRoles.Viewer);
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = (await users.FindByIdAsync(id))!;
        Assert.True((await users.RemoveFromRolesAsync(user, await users.GetRolesAsync(user))).Succeeded);
        return id;
    }

    /// <summary>Signs in, whatever the language of the form.</summary>
    public static async Task SignInAsync(this BrowserSession session, WebHost host, string email)
    {
        await session.Page.GotoAsync($"{host.Url}sign-in");
        await session.Page.Locator("[name='Input.Email']").FillAsync(email);
        await session.Page.Locator("[name='Input.Password']").FillAsync(WebHost.Password);
        await session.Page.Locator("main button[type=submit]").First.ClickAsync();
        await Assertions.Expect(session.Page).ToHaveURLAsync(host.Url.ToString());
    }
}
