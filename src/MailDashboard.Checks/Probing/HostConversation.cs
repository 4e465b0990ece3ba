using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing;

/// <summary>A conversation with one port of a host, for the transcript, whatever was spoken.</summary>
/// <param name="Protocol"><c>imap</c>, <c>pop3</c>, <c>submission</c>, <c>https</c> …</param>
/// <param name="Host">The name that was meant.</param>
/// <param name="Address">Where the connection went.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Failure">What ended it before its time; null where it went well. Hostile text.</param>
/// <param name="At">When it began (UTC).</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Lines">What was said, bounded and cleaned.</param>
public sealed record HostConversation(
    string Protocol,
    string Host,
    IPAddress Address,
    int Port,
    string? Failure,
    DateTimeOffset At,
    TimeSpan Elapsed,
    ImmutableArray<ConversationLine> Lines);
