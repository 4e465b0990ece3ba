using System.Net;

namespace MailDashboard.Monitoring.Channels;

/// <summary>Hides in a text what its server may have repeated of a channel's address or key.</summary>
internal static class SecretMask
{
    private const string Mask = "•••";

    /// <summary>A shorter part ("services", "api") gives nothing away, and hiding it would make the text unreadable.</summary>
    private const int Shortest = 6;

    public static string Hide(string text, ChannelTarget target)
    {
        var parts = (target.Url is { } url ? Parts(url) : []).Append(target.Secret ?? "")
            .SelectMany(p => new[] { p, Uri.UnescapeDataString(p), WebUtility.HtmlEncode(p) })
            .Where(p => p.Length >= Shortest)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(p => p.Length);
        return parts.Aggregate(text, (hidden, part) => hidden.Replace(part, Mask, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Parts(Uri url) =>
        url.PathAndQuery.Split('/', '?', '&', '=', ';').Prepend(url.PathAndQuery).Prepend(url.OriginalString).Prepend(url.AbsoluteUri);
}
