using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.AspNetCore.Authorization;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>
/// Every route there is, pages and all else, asked over a real connection by everybody there is. The routes come from the program
/// itself: a new one is asked for without a line here, and one that is open to everybody has to be named.
/// </summary>
public sealed class EndpointWalkTests
{
    /// <summary>Open to everybody. Style sheets and scripts are too.</summary>
    private static readonly string[] Open =
    [
        "/denied", "/failure", "/forgot-password", "/health", "/health/live", "/health/ready", "/invitation", "/not-found", "/preferences/language",
        "/reset-password", "/setup", "/shared/message-test/{token}", "/shared/report/{token}", "/shared/report/{token}/report.pdf", "/sign-in", "/sign-out",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_OpenToEverybody_AreTheKnownOnes()
    {
        await using var host = await WebHost.StartAsync();

        var open = WebRoutes.Of(host).Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(WebRoutes.Path).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(Open, open.Except(WebRoutes.Framework));
    }

    [Fact]
    public async Task Endpoints_OfOurs_NameAPolicyOrAreOpen()
    {
        await using var host = await WebHost.StartAsync();

        var faulty = WebRoutes.Of(host).Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is null && WebRoutes.PolicyOf(r) is null).Select(WebRoutes.Path).Except(WebRoutes.Framework);

        Assert.Empty(faulty);
    }

    [Fact]
    public async Task Head_OfAPage_IsAnsweredAsGetIsWithoutTheContent()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        using var browser = host.Connect();
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri("/sign-in", UriKind.Relative));

        using var response = await browser.SendAsync(request, Token);

        Assert.Equal((200, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(AppRoles.Viewer)]
    [InlineData(AppRoles.Operator)]
    [InlineData(AppRoles.Administrator)]
    public async Task Endpoints_AskedByAnybody_AnswerAsTheirPolicySays(string? role)
    {
        await using var host = await WebHost.StartAsync(listen: true);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        using var browser = host.Connect();
        if (role is not null)
        {
            const string email = "other@example.org";
            await (role.Length == 0 ? host.CreateWithoutRoleAsync(email) : host.CreateAsync(email, role));
            using var signedIn = await WebHost.SignInAsync(browser, WebHost.Password, email);
            Assert.Equal("/", signedIn.Headers.Location?.AbsolutePath);
        }

        var faults = new List<string>();
        foreach (var route in WebRoutes.Of(host))
        {
            foreach (var method in WebRoutes.MethodsOf(route))
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(WebRoutes.Concrete(route.RoutePattern), UriKind.Relative));
                using var response = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
                var isTurnedAway = (int)response.StatusCode is 401 or 403
                    || (response.Headers.Location?.OriginalString is { } place && (place.Contains("/sign-in?", StringComparison.Ordinal) || place.Contains("/denied?", StringComparison.Ordinal)));
                if (isTurnedAway == WebRoutes.IsAllowed(route, role))
                {
                    faults.Add($"{method} {WebRoutes.Path(route)} ({WebRoutes.PolicyOf(route) ?? "no policy"}): {(int)response.StatusCode} {response.Headers.Location}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
