using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn;

namespace MailDashboard.Mail.Mailboxes;

/// <summary>How a mailbox is read.</summary>
public enum MailboxProtocol
{
    /// <summary>RFC 9051 and RFC 3501: folders, and a search on the server.</summary>
    Imap,

    /// <summary>RFC 1939: the inbox only.</summary>
    Pop3,
}

/// <summary>Where a mailbox is and who we are there.</summary>
/// <param name="Protocol">How it is read.</param>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Security">Encryption.</param>
/// <param name="SignIn">Who we are.</param>
/// <param name="SpamFolder">Name of the spam folder where the server marks none (RFC 6154); null tries the usual names.</param>
public sealed record MailboxSettings(MailboxProtocol Protocol, string Host, int Port, ServerSecurity Security, SignIn SignIn, string? SpamFolder = null)
{
    /// <summary>Without anything secret.</summary>
    public override string ToString() => $"{Protocol} {Host}:{Port} {Security}";
}

/// <summary>What is looked for.</summary>
public abstract record MailboxQuery
{
    private MailboxQuery()
    {
    }

    /// <summary>A message of ours, by its Message-ID or by its <see cref="Sending.OutgoingMail.Mark"/>.</summary>
    /// <param name="Id">Its Message-ID, without angle brackets.</param>
    public sealed record MessageId(string Id) : MailboxQuery;

    /// <summary>A message that was sent to an address with this token: in To, Cc, Delivered-To, X-Original-To, Envelope-To or the <c>for</c> of a Received field; or
    /// that we marked with it.</summary>
    /// <param name="Token">Letters and digits that nobody guesses.</param>
    public sealed record SentTo(string Token) : MailboxQuery;
}

/// <summary>How far a look at a mailbox came.</summary>
public enum MailboxStage
{
    /// <summary>The host name has no address, or DNS does not answer.</summary>
    Resolving,

    /// <summary>No TCP connection, or it broke.</summary>
    Connecting,

    /// <summary>TLS: refused, or the certificate is not trusted.</summary>
    Encrypting,

    /// <summary>Sign-in refused or impossible.</summary>
    SigningIn,

    /// <summary>Folders or messages could not be read.</summary>
    Reading,

    /// <summary>Read to the end.</summary>
    Done,
}
