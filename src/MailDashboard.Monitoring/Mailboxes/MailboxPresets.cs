using System.Collections.Immutable;
using System.Net;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Mailboxes;

/// <summary>How a mailbox provider is reached.</summary>
/// <param name="Id">Permanent; kept with the mailbox.</param>
/// <param name="Name">As the provider calls itself.</param>
/// <param name="Host">IMAP, TLS from the first byte, port 993.</param>
/// <param name="SignIn">What it accepts now; the hint <c>Mailbox.Preset.{Id}</c> says how one gets it.</param>
/// <param name="HasPlusAddresses">It delivers <c>name+anything@</c> to <c>name@</c>.</param>
/// <param name="Hosts">Under which names its servers write Received fields.</param>
/// <param name="Domains">What its addresses end with; those of its customers' own domains are not among them.</param>
public sealed record MailboxPreset(string Id, string Name, string Host, SignInKind SignIn, bool HasPlusAddresses, ImmutableArray<string> Hosts, ImmutableArray<string> Domains)
{
    public const int Port = 993;

    /// <summary>Public addresses that its own machines hand messages to each other from.</summary>
    public ImmutableArray<IPNetwork> Networks { get; init; } = [];
}

/// <summary>Providers with many readers.</summary>
public static class MailboxPresets
{
    public static ImmutableArray<MailboxPreset> All { get; } =
    [
        new("gmail", "Gmail", "imap.gmail.com", SignInKind.Password, HasPlusAddresses: true, ["google.com"], ["gmail.com", "googlemail.com"]),
        new("outlook", "Outlook.com, Microsoft 365", "outlook.office365.com", SignInKind.OAuth, HasPlusAddresses: true, ["outlook.com", "exchangelabs.com"], ["outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "live.com", "live.fr", "msn.com"])
        {
            Networks = [IPNetwork.Parse("2603:1000::/24")],
        },
        new("yahoo", "Yahoo", "imap.mail.yahoo.com", SignInKind.Password, HasPlusAddresses: false, ["yahoo.com", "yahoodns.net"], ["yahoo.com", "yahoo.fr", "yahoo.co.uk", "ymail.com"]),
        new("icloud", "iCloud", "imap.mail.me.com", SignInKind.Password, HasPlusAddresses: true, ["icloud.com", "apple.com"], ["icloud.com", "me.com", "mac.com"]),
        new("orange", "Orange", "imap.orange.fr", SignInKind.Password, HasPlusAddresses: false, ["orange.fr"], ["orange.fr", "wanadoo.fr"]),
        new("laposte", "La Poste", "imap.laposte.net", SignInKind.Password, HasPlusAddresses: false, ["laposte.net"], ["laposte.net"]),
    ];

    /// <summary>Whose addresses end with a domain; null where it is none of these.</summary>
    public static MailboxPreset? ForDomain(string domain) => All.FirstOrDefault(p => p.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase));

    public static MailboxPreset? Find(string? id) => All.FirstOrDefault(p => p.Id == id);
}
