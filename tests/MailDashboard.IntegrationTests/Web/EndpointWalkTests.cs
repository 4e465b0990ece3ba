using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>Of the framework: the circuit and what starts it, and files that are not there. They carry no data of ours; without a policy they ask for somebody who is signed in.</summary>
    private static readonly string[] Framework =
        ["/_blazor", "/_blazor/disconnect", "/_blazor/initializers", "/_blazor/negotiate", "/_framework/opaque-redirect", "/_framework/blazor.web.js", "/{**path:file}"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_OpenToEverybody_AreTheKnownOnes()
    {
        await using var host = await WebHost.StartAsync();

        var open = Routes(host).Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Path).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(Open, open.Except(Framework));
    }

    [Fact]
    public async Task Endpoints_OfOurs_NameAPolicyOrAreOpen()
    {
        await using var host = await WebHost.StartAsync();

        var faulty = Routes(host).Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is null && PolicyOf(r) is null).Select(Path).Except(Framework);

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
        foreach (var route in Routes(host))
        {
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Concrete(route.RoutePattern), UriKind.Relative));
                using var response = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
                var isTurnedAway = (int)response.StatusCode is 401 or 403
                    || (response.Headers.Location?.OriginalString is { } place && (place.Contains("/sign-in?", StringComparison.Ordinal) || place.Contains("/denied?", StringComparison.Ordinal)));
                if (isTurnedAway == IsAllowed(route, role))
                {
                    faults.Add($"{method} {Path(route)} ({PolicyOf(route) ?? "no policy"}): {(int)response.StatusCode} {response.Headers.Location}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<RouteEndpoint> Routes(WebHost host) => host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    private static string Path(RouteEndpoint route) => $"/{route.RoutePattern.RawText!.Trim('/')}";

    private static string? PolicyOf(RouteEndpoint route) => route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).LastOrDefault(p => p is not null);

    private static bool IsAllowed(RouteEndpoint route, string? role) =>
        route.Metadata.GetMetadata<IAllowAnonymous>() is not null
        || (role is not null && (PolicyOf(route) is not { } policy || policy == Policies.Own || Policies.Roles[policy].Contains(role)));

    private static string Concrete(RoutePattern pattern) =>
        $"/{string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { IsCatchAll: true } => "1.txt",
            _ => "1",
        }))))}";
}
