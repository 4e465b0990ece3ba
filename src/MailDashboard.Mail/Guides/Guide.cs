using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Guides;

/// <summary>What hands mail on, or takes it.</summary>
public enum MailServer
{
    /// <summary>Postfix 3.4 or later.</summary>
    Postfix,

    /// <summary>Exim 4.</summary>
    Exim,

    /// <summary>Dovecot, 2.3 and 2.4.</summary>
    Dovecot,

    /// <summary>Exchange 2016 or later.</summary>
    Exchange,
}

/// <summary>One thing to do.</summary>
/// <param name="Key">Of the sentence that says what and why; pages have it in the reader's language.</param>
/// <param name="Text">What to paste, exactly.</param>
/// <param name="File">Where it goes; null where it is typed into a shell.</param>
public sealed record GuideStep(string Key, string Text, string? File = null);

/// <summary>What to do, in order.</summary>
public sealed record Guide(ImmutableArray<GuideStep> Steps)
{
    /// <summary>Whether a name may be written into a command: a host name of letters, digits, hyphens and dots (RFC 952), nothing a shell would read.</summary>
    public static bool IsHost(string name) =>
        name.Length is > 0 and <= 253 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') && !name.StartsWith('-') && name.Contains('.', StringComparison.Ordinal)
        && Uri.CheckHostName(DnsNames.Normalize(name)) == UriHostNameType.Dns;
}
