using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>Every route there is, from the program itself: a new one is asked for without a line in a test.</summary>
internal static class WebRoutes
{
    /// <summary>Of the framework: the circuit and what starts it, and files that are not there. They carry no data of ours; without a policy they ask for somebody who is signed in.</summary>
    public static readonly string[] Framework =
        ["/_blazor", "/_blazor/disconnect", "/_blazor/initializers", "/_blazor/negotiate", "/_framework/opaque-redirect", "/_framework/blazor.web.js", "/{**path:file}"];

    public static IEnumerable<RouteEndpoint> Of(WebHost host) => host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    public static string Path(RouteEndpoint route) => $"/{route.RoutePattern.RawText!.Trim('/')}";

    public static string? PolicyOf(RouteEndpoint route) => route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).LastOrDefault(p => p is not null);

    public static IEnumerable<string> MethodsOf(RouteEndpoint route) => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    public static bool IsAllowed(RouteEndpoint route, string? role) =>
        route.Metadata.GetMetadata<IAllowAnonymous>() is not null
        || (role is not null && (PolicyOf(route) is not { } policy || policy == Policies.Own || Policies.Roles[policy].Contains(role)));

    /// <summary>With something in the place of every parameter.</summary>
    /// <param name="pattern">Of a route.</param>
    /// <param name="value">By the name of the parameter; null takes 1.</param>
    public static string Concrete(RoutePattern pattern, Func<string, string?>? value = null) =>
        $"/{string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { IsCatchAll: true } => "1.txt",
            RoutePatternParameterPart parameter => value?.Invoke(parameter.Name) ?? "1",
            _ => "1",
        }))))}";
}
