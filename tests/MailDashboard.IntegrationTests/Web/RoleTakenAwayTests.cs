using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Account;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

public sealed class RoleTakenAwayTests(Browser browser)
{
    private const string Bob = "bob@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Administrator_MadeAViewerWithAnOpenPage_IsRefusedAtTheNextClick()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        var people = host.Services.GetRequiredService<People>();
        var ada = Assert.IsType<PeopleResult.Done>(await people.CreateAsync(WebHost.Email, null, AppRoles.Administrator, WebHost.Password, "en", Cancel));
        var bob = Assert.IsType<PeopleResult.Done>(await people.CreateAsync(Bob, null, AppRoles.Administrator, WebHost.Password, "en", Cancel));
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await session.SignInAsync(host, Bob);
        await page.GotoAsync($"{host.Url}settings/general");
        var link = page.GetByRole(AriaRole.Navigation, new() { Name = "Main navigation" }).GetByRole(AriaRole.Link, new() { Name = "People", Exact = true });
        await Assertions.Expect(link).ToBeVisibleAsync();

        await people.SetRoleAsync(ada.UserId, bob.UserId, AppRoles.Viewer, Cancel);
        await link.ClickAsync();

        await Assertions.Expect(page.GetByText(WebHost.Email, new() { Exact = true })).ToHaveCountAsync(0);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/denied"));
    }
}
