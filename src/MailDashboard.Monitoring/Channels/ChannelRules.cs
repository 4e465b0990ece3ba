using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Channels;

/// <summary>What a channel may be. Pure.</summary>
internal static partial class ChannelRules
{
    public const int LongestName = 100;
    private const int LongestUrl = 2000;
    private const int LongestSecret = 500;
    private const int ShortestKey = 16;

    /// <param name="stored">The address that is in use; null for a new channel.</param>
    /// <param name="hasSecret">A key is stored.</param>
    /// <param name="networks">Networks to which <c>http</c> may go.</param>
    public static IReadOnlyList<ChannelProblem> Check(ChannelKind kind, ChannelDraft draft, Uri? stored, bool hasSecret, ImmutableArray<IPNetwork> networks)
    {
        var problems = new List<ChannelProblem>();
        if (NameFault(draft.Name) is { } name)
        {
            problems.Add(new(nameof(draft.Name), name));
        }

        if (kind == ChannelKind.Email)
        {
            return problems;
        }

        if (UrlFault(kind, draft.Url, stored is not null, networks) is { } url)
        {
            problems.Add(new(nameof(draft.Url), url));
        }

        if (draft.Secret is { Length: > 0 } secret && SecretFault(kind, secret) is { } fault)
        {
            problems.Add(new(nameof(draft.Secret), fault));
        }
        else if (hasSecret && string.IsNullOrEmpty(draft.Secret) && !draft.ForgetsSecret && Read(draft.Url) is { } changed && stored is not null && !SameServer(changed, stored))
        {
            problems.Add(new(nameof(draft.Secret), ChannelFault.SecretNeeded));
        }

        return problems;
    }

    /// <summary>The address as typed; null where it is none.</summary>
    public static Uri? Read(string? typed) => Uri.TryCreate(typed?.Trim(), UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri : null;

    private static ChannelFault? NameFault(string name) =>
        string.IsNullOrWhiteSpace(name) ? ChannelFault.Missing : name.Trim().Length > LongestName ? ChannelFault.TooLong : null;

    private static ChannelFault? UrlFault(ChannelKind kind, string? typed, bool isStored, ImmutableArray<IPNetwork> networks)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return isStored ? null : ChannelFault.Missing;
        }

        if (typed.Length > LongestUrl)
        {
            return ChannelFault.TooLong;
        }

        if (Read(typed) is not { } uri || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            return ChannelFault.NotAUrl;
        }

        // A name is looked up when it is sent to; without any network allowed, no address of it could do.
        if (uri.Scheme == Uri.UriSchemeHttp && (IPAddress.TryParse(uri.IdnHost, out var address) ? !AddressGuard.Only(networks).Allows(address) : networks.IsEmpty))
        {
            return ChannelFault.NotEncrypted;
        }

        return kind == ChannelKind.Ntfy && (uri.Query.Length > 0 || !Topic().IsMatch(uri.AbsolutePath)) ? ChannelFault.NoTopic : null;
    }

    /// <summary>A token goes into a header: ASCII that is seen. A key may be anything, of some length.</summary>
    private static ChannelFault? SecretFault(ChannelKind kind, string secret) =>
        secret.Length > LongestSecret ? ChannelFault.TooLong
        : kind == ChannelKind.Ntfy ? (secret.All(c => c is > ' ' and < '\x7f') ? null : ChannelFault.NotASecret)
        : secret.Length < ShortestKey ? ChannelFault.NotASecret : null;

    private static bool SameServer(Uri a, Uri b) => a.Scheme == b.Scheme && a.Port == b.Port && string.Equals(a.IdnHost, b.IdnHost, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("/[-_A-Za-z0-9]{1,64}$")]
    private static partial Regex Topic();
}
