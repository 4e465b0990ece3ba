using System.Collections.Immutable;

namespace MailDashboard.Checks.Smtp;

/// <summary>The mailboxes that a domain has to have.</summary>
public static class SmtpMailboxes
{
    /// <summary>The local part that every domain takes mail for (RFC 5321 §4.5.1).</summary>
    public const string Postmaster = "postmaster";

    /// <summary>The local part for complaints (RFC 2142 §4).</summary>
    public const string Abuse = "abuse";

    /// <summary>Both; none for a name that must not be put into a command.</summary>
    public static ImmutableArray<string> Of(string domain) =>
        domain.Length is > 0 and <= 253 && domain.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? [$"{Postmaster}@{domain}", $"{Abuse}@{domain}"] : [];
}
