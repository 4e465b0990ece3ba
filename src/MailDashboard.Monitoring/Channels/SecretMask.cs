using MailDashboard.Mail.SigningIn;

namespace MailDashboard.Monitoring.Channels;

/// <summary>What a server may repeat of a channel's address or key, to be hidden.</summary>
internal static class SecretMask
{
    /// <summary>A shorter part ("services", "api") gives nothing away, and hiding it would make the text unreadable.</summary>
    private const int Shortest = 6;

    public static HiddenSecrets Of(ChannelTarget target) => new(
        (target.Url is { } url ? Parts(url) : []).Append(target.Secret ?? "").SelectMany(p => new[] { p, Uri.UnescapeDataString(p) }).Where(p => p.Length >= Shortest));

    private static IEnumerable<string> Parts(Uri url) =>
        url.PathAndQuery.Split('/', '?', '&', '=', ';').Prepend(url.PathAndQuery).Prepend(url.OriginalString).Prepend(url.AbsoluteUri);
}
