using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace MailDashboard.Web.Hosting;

/// <summary>
/// Forwarded headers are believed only from the proxies that <c>MailDashboard:Proxies</c> names: addresses or networks, as a
/// list (<c>MailDashboard__Proxies__0</c>) or in one text with commas. Anybody else could claim any address and slip past the
/// limits on sign-in.
/// </summary>
internal static class Proxies
{
    public const string Setting = "MailDashboard:Proxies";

    /// <exception cref="InvalidOperationException">An entry is neither an address nor a network.</exception>
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

            // The prefix is for a proxy that shows the dashboard below a path of its own.
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix;
        }

        // As long as the chain consists of named proxies; the first stranger ends it.
        options.ForwardLimit = null;
    }

    private static IEnumerable<string> Named(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        return section.GetChildren().Select(c => c.Value).Prepend(section.Value)
            .SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
