using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Services;

/// <summary>All that one conversation with a port of mail programs showed.</summary>
/// <param name="Target">Which port.</param>
/// <param name="Stage">
/// How far it came; the words are those of SMTP whatever was spoken: <see cref="SmtpStage.Hello"/> is the question for capabilities.
/// <see cref="SmtpStage.Encrypted"/> with a <see cref="Cause"/>: TLS is up, and what came after it failed.
/// </param>
public sealed record ServiceObservation(ServiceTarget Target, SmtpStage Stage)
{
    /// <summary>How the connection went.</summary>
    public ConnectStatus Connect { get; init; }

    /// <summary>What ended it before its time: the network, the server or the TLS library; null where it went well. Hostile text, cleaned.</summary>
    public string? Failure { get; init; }

    /// <summary>The kind of <see cref="Failure"/>.</summary>
    public SmtpFailure Cause { get; init; }

    /// <summary>A time-out, a dropped connection, an endless reply or a refusal for the time being: says nothing lasting.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The greeting, every line.</summary>
    public ImmutableArray<string> Greeting { get; init; } = [];

    /// <summary>What was offered in clear; null where nothing was said in clear, or not that far.</summary>
    public ServiceOffer? Before { get; init; }

    /// <summary>What was offered after the handshake; null where it did not come that far.</summary>
    public ServiceOffer? After { get; init; }

    /// <summary>The TLS session; of a server that only a hello of our own could talk to, what that showed.</summary>
    public TlsFacts? Tls { get; init; }

    /// <summary>
    /// The handshake works, and not with current software: the versions are too old or the key too weak for it. <see cref="Stage"/> is
    /// <see cref="SmtpStage.Handshake"/> then, and <see cref="Tls"/> says what was accepted.
    /// </summary>
    public bool NeedsOldSoftware { get; init; }

    /// <summary>
    /// We spoke from the server's own address, which programs take for being inside (Dovecot then allows passwords in clear): what is offered in
    /// clear proves nothing. Loopback counts as any other network.
    /// </summary>
    public bool IsSameMachine { get; init; }

    /// <summary>The conversation, for the transcript.</summary>
    public ImmutableArray<ConversationLine> Conversation { get; init; } = [];

    /// <summary>When it began.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
