using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>Whom to talk to on port 25, and what to ask beside what every conversation asks.</summary>
/// <param name="Host">The MX name: what the certificate must match, and the SNI sent.</param>
/// <param name="Address">Where to connect.</param>
public sealed record SmtpProbeRequest(string Host, IPAddress Address)
{
    /// <summary>
    /// Mailboxes to ask about at the end, encrypted where that is to be had: <c>MAIL FROM:&lt;&gt;</c>, <c>RCPT TO</c> of each, <c>RSET</c>,
    /// never <c>DATA</c>. Empty asks about none.
    /// </summary>
    public ImmutableArray<string> Mailboxes { get; init; } = [];

    /// <summary>Old versions of TLS are not asked about, which takes a connection of its own: they are known, or of no use here.</summary>
    public bool WithoutOldTls { get; init; }

    /// <summary>Asked when it comes to the mailboxes: false where the host was asked at another of its addresses.</summary>
    public Func<bool> MayAskMailboxes { get; init; } = () => true;
}
