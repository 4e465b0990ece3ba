using System.Net;
using System.Reflection;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.IntegrationTests.Web;

public sealed class RouteTests
{
    /// <summary>Everything else needs somebody who is signed in.</summary>
    private static readonly string[] _forEverybody = ["/sign-in", "/setup", "/forgot-password", "/reset-password", "/invitation", "/denied", "/not-found", "/failure"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IEnumerable<(Type Page, string Route)> Pages =>
        from type in typeof(Program).Assembly.GetTypes()
        from route in type.GetCustomAttributes<RouteAttribute>()
        select (type, route.Template);

    [Fact]
    public void Pages_WithoutExceptions_NameAPolicy()
    {
        var faulty = Pages.Where(p => !_forEverybody.Contains(p.Route) && p.Page.GetCustomAttribute<AuthorizeAttribute>()?.Policy is null);

        Assert.Empty(faulty);
    }

    [Fact]
    public void Pages_OpenToEverybody_AreTheKnownOnes()
    {
        var open = Pages.Where(p => p.Page.GetCustomAttribute<AllowAnonymousAttribute>() is not null).Select(p => p.Route);

        Assert.Equal(_forEverybody.Order(), open.Order());
    }

    [Fact]
    public async Task Pages_AskedByAStranger_LeadToSignIn()
    {
        var (host, _) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        using var stranger = host.Browser();
        foreach (var route in Pages.Select(p => p.Route).Except(_forEverybody))
        {
            using var response = await stranger.GetAsync(new Uri(Concrete(route), UriKind.Relative), Cancel);

            Assert.True(response.Headers.Location?.OriginalString.Contains("/sign-in", StringComparison.Ordinal), route);
        }
    }

    [Theory]
    [InlineData(AppRoles.Viewer)]
    [InlineData(AppRoles.Operator)]
    [InlineData(AppRoles.Administrator)]
    public async Task Pages_AskedByARole_AnswerAsTheirPolicySays(string role)
    {
        var (host, _) = await WebHost.StartWithAdministratorAsync();
        await using var __ = host;
        await host.Services.GetRequiredService<People>().CreateAsync("other@example.org", null, role, WebHost.Password, null, Cancel);
        using var browser = host.Browser();
        using var signedIn = await WebHost.SignInAsync(browser, WebHost.Password, "other@example.org");
        foreach (var (page, route) in Pages.Where(p => !_forEverybody.Contains(p.Route)))
        {
            var policy = page.GetCustomAttribute<AuthorizeAttribute>()!.Policy!;
            var isAllowed = policy == Policies.Own || Policies.Roles[policy].Contains(role);

            using var response = await browser.GetAsync(new Uri(Concrete(route), UriKind.Relative), Cancel);

            Assert.True(isAllowed == (response.StatusCode != HttpStatusCode.Found), $"{route} for {role}: {response.StatusCode}");
        }
    }

    private static string Concrete(string route) => System.Text.RegularExpressions.Regex.Replace(route, @"\{[^}]*\}", "1");
}
