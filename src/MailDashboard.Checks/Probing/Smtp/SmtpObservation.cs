using System.Collections.Immutable;
using System.Net;
using System.Security.Authentication;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>How far a conversation came.</summary>
public enum SmtpStage
{
    /// <summary>No connection.</summary>
    Connecting,

    /// <summary>Connected; no greeting that can be read.</summary>
    Greeting,

    /// <summary>Greeted with something other than 220.</summary>
    Rejected,

    /// <summary>Greeted; EHLO and HELO failed.</summary>
    Hello,

    /// <summary>EHLO answered; STARTTLS is not offered.</summary>
    NoStartTls,

    /// <summary>STARTTLS offered and refused when asked for.</summary>
    StartTlsRefused,

    /// <summary>STARTTLS accepted; the handshake failed.</summary>
    Handshake,

    /// <summary>The session is encrypted.</summary>
    Encrypted,
}

/// <summary>What ended a conversation before its time.</summary>
public enum SmtpFailure
{
    /// <summary>Nothing: it went to its end.</summary>
    None,

    /// <summary>No answer, or not a whole one, in the time allowed.</summary>
    TimedOut,

    /// <summary>The server closed or reset the connection.</summary>
    Closed,

    /// <summary>More, or longer, lines than a reply may have.</summary>
    TooLong,

    /// <summary>What it sent is no SMTP reply (RFC 5321 §4.2).</summary>
    NotSmtp,

    /// <summary>It answered with an error code.</summary>
    Refused,

    /// <summary>It sent bytes between its answer to STARTTLS and the handshake; we did not go on.</summary>
    Buffered,

    /// <summary>The TLS handshake failed with an alert or a protocol error.</summary>
    Tls,
}

/// <summary>One line of a conversation.</summary>
/// <param name="Offset">Since the connection was asked for.</param>
/// <param name="FromServer">Direction.</param>
/// <param name="Line">Without its line end; cut to 1,000 characters.</param>
public sealed record ConversationLine(TimeSpan Offset, bool FromServer, string Line);

/// <summary>A certificate as it was presented, judged as far as one can without knowing what for.</summary>
/// <param name="Subject">Distinguished name.</param>
/// <param name="Issuer">Distinguished name.</param>
/// <param name="Names">DNS names and addresses of the subjectAltName, else the common name.</param>
/// <param name="NotBefore">Start of its life, UTC.</param>
/// <param name="NotAfter">End of its life, UTC.</param>
/// <param name="KeyAlgorithm">RSA, ECDSA …</param>
/// <param name="KeyBits">Key size.</param>
/// <param name="SignatureAlgorithm">For example sha256RSA.</param>
/// <param name="Thumbprint">SHA-256 of the DER, lower-case hexadecimal.</param>
/// <param name="NameMatches">The names cover the host asked for (RFC 6125, wildcard in the left-most label only).</param>
/// <param name="ChainStatus">Empty where the chain leads to a trusted root; else what is wrong, as <c>UntrustedRoot</c>, <c>PartialChain</c> …</param>
/// <param name="Chain">DER of each certificate sent, leaf first.</param>
public sealed record CertificateFacts(
    string Subject,
    string Issuer,
    ImmutableArray<string> Names,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string KeyAlgorithm,
    int KeyBits,
    string SignatureAlgorithm,
    string Thumbprint,
    bool NameMatches,
    ImmutableArray<string> ChainStatus,
    ImmutableArray<ReadOnlyMemory<byte>> Chain)
{
    /// <summary>Share of its lifetime that is used at <paramref name="now"/>: 0 at its start, 1 at its end, more after it.</summary>
    public double LifetimeUsed(DateTimeOffset now) =>
        NotAfter <= NotBefore ? 1 : (now - NotBefore) / (NotAfter - NotBefore);
}

/// <summary>A TLS session as negotiated.</summary>
/// <param name="Protocol">TLS version.</param>
/// <param name="CipherSuite">IANA name.</param>
/// <param name="Certificate">The server's, null where it sent none.</param>
public sealed record TlsFacts(SslProtocols Protocol, string CipherSuite, CertificateFacts? Certificate);

/// <summary>All that one SMTP conversation showed.</summary>
public sealed record SmtpObservation(string Host, IPAddress Address, SmtpStage Stage)
{
    /// <summary>Port asked.</summary>
    public int Port { get; init; } = 25;

    /// <summary>How the connection went.</summary>
    public ConnectStatus Connect { get; init; }

    /// <summary>Time-out or limit that ended it, or what the network said; null where it went well.</summary>
    public string? Failure { get; init; }

    /// <summary>The kind of <see cref="Failure"/>.</summary>
    public SmtpFailure Cause { get; init; }

    /// <summary>Reply code of a refusal (the greeting's, or that of EHLO and HELO or STARTTLS); 0 where there was none.</summary>
    public int RefusalCode { get; init; }

    /// <summary>From the connection to the last line of the greeting.</summary>
    public TimeSpan GreetingDelay { get; init; }

    /// <summary>EHLO was refused and HELO accepted.</summary>
    public bool OnlyHelo { get; init; }

    /// <summary>A time-out, a dropped connection, an endless reply or a 4xx greeting: says nothing lasting about the server.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The greeting, every line.</summary>
    public ImmutableArray<string> Greeting { get; init; } = [];

    /// <summary>The name in the first line of the reply to EHLO or HELO, empty where that line has none; null without a reply. Hostile text.</summary>
    public string? HelloName { get; init; }

    /// <summary>Until the last line of the reply to the first EHLO.</summary>
    public TimeSpan HelloDelay { get; init; }

    /// <summary>What it said about mailboxes; null where it was not asked.</summary>
    public MailboxAnswers? Mailboxes { get; init; }

    /// <summary>EHLO keywords before TLS.</summary>
    public ImmutableArray<string> Capabilities { get; init; } = [];

    /// <summary>EHLO keywords after TLS.</summary>
    public ImmutableArray<string> CapabilitiesAfterTls { get; init; } = [];

    /// <summary>The server sent bytes after its answer to STARTTLS and before the handshake (command injection, CVE-2011-0411).</summary>
    public bool BufferedBeforeTls { get; init; }

    /// <summary>The TLS session, where there is one.</summary>
    public TlsFacts? Tls { get; init; }

    /// <summary>
    /// Newest version below TLS 1.2 that the server still accepts; <see cref="SslProtocols.None"/> where it refuses them
    /// all, null where that was not found out.
    /// </summary>
    public SslProtocols? OldTls { get; init; }

    /// <summary>The conversation, for the transcript.</summary>
    public ImmutableArray<ConversationLine> Conversation { get; init; } = [];

    /// <summary>When it began.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
