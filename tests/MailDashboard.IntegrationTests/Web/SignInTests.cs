using System.Net;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.IntegrationTests.Web;

public sealed class SignInTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_WithTheRightPassword_GoesToTheAskedPage()
    {
        var (host, _) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        using var browser = host.Browser();

        using var response = await WebHost.PostAsync(
            browser, "/sign-in?returnUrl=%2Fsettings%2Fabout", "sign-in", ("Input.Email", WebHost.Email), ("Input.Password", WebHost.Password));
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), c => c.StartsWith("maildash.session=", StringComparison.Ordinal));

        Assert.EndsWith("/settings/about", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task SignIn_WithAForeignReturnUrl_StaysHere(string target)
    {
        var (host, _) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;

        using var response = await WebHost.PostAsync(
            host.Browser(), $"/sign-in?returnUrl={Uri.EscapeDataString(target)}", "sign-in", ("Input.Email", WebHost.Email), ("Input.Password", WebHost.Password));

        Assert.DoesNotContain("evil", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_AfterFiveWrongPasswords_RefusesTheRightOneToo()
    {
        var (host, _) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        using var browser = host.Browser();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await WebHost.SignInAsync(browser, "not the password");
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var right = await WebHost.SignInAsync(browser, WebHost.Password);

        Assert.Contains("locked for 15 minutes", await right.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_TriedTooOften_IsSlowedDown()
    {
        var (host, _) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        using var browser = host.Browser();
        using var empty = new FormUrlEncodedContent([]);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 25; i++)
        {
            using var response = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), empty, Cancel);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Fact]
    public async Task Session_WhoseRoleWasTaken_LosesItAtTheNextRequest()
    {
        var (host, administrator) = await WebHost.StartWithAdministratorAsync();
        await using var _ = host;
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = (await users.FindByEmailAsync(WebHost.Email))!;
        using var before = await administrator.GetAsync(new Uri("/settings/people", UriKind.Relative), Cancel);

        await users.RemoveFromRoleAsync(user, AppRoles.Administrator);
        using var after = await administrator.GetAsync(new Uri("/settings/people", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Found, after.StatusCode);
        Assert.Contains("/denied", after.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_OfADisabledAccount_Ends()
    {
        var (host, _) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        var people = host.Services.GetRequiredService<People>();
        var viewer = Assert.IsType<PeopleResult.Done>(await people.CreateAsync("viewer@example.org", null, AppRoles.Viewer, WebHost.Password, null, Cancel));
        using var browser = host.Browser();
        using var signedIn = await WebHost.SignInAsync(browser, WebHost.Password, "viewer@example.org");

        await people.SetDisabledAsync("somebody else", viewer.UserId, disabled: true, Cancel);
        using var after = await browser.GetAsync(new Uri("/", UriKind.Relative), Cancel);

        Assert.Contains("/sign-in", after.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }
}
