using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace MailDashboard.Web.Hosting;

/// <summary>
/// Forwarded headers are believed only from the proxies that <c>MailDashboard:Proxies</c> names (addresses or networks,
/// separated by commas). Anybody else could claim any address and slip past the limits on sign-in.
/// </summary>
internal static class Proxies
{
    public const string Setting = "MailDashboard:Proxies";

    /// <summary>One setting with commas, or one setting each (<c>MailDashboard__Proxies__0</c>).</summary>
    private static IEnumerable<string> Named(IConfiguration configuration) =>
        configuration.GetSection(Setting).GetChildren().Select(c => c.Value).Append(configuration[Setting])
            .SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public static void Configure(ForwardedHeadersOptions options, IConfiguration configuration)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        options.ForwardedHeaders = ForwardedHeaders.None;
        foreach (var text in Named(configuration))
        {
            if (IPAddress.TryParse(text, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(text, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new InvalidOperationException($"{Setting}: \"{text}\" is neither an address nor a network such as 10.0.0.0/8.");
            }

            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        }
    }
}
