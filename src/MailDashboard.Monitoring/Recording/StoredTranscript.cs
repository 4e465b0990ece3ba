using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Monitoring.Recording;

/// <summary>One DNS question of the last audit.</summary>
public sealed record StoredQuestion(string Name, string Type, string Status, string Server, double Milliseconds, bool FromCache, bool Authenticated, ImmutableArray<string> Answers);

/// <summary>One conversation of the last audit; the stage is how far SMTP on port 25 came, or what else was spoken.</summary>
public sealed record StoredConversation(string Host, string Address, int Port, string Stage, string? Failure, double Milliseconds, ImmutableArray<StoredLine> Lines);

/// <summary>One line of it.</summary>
public sealed record StoredLine(double Milliseconds, bool FromServer, string Text);

/// <summary>Everything asked and answered at the last audit, as text.</summary>
public sealed record StoredTranscript(ImmutableArray<StoredQuestion> Dns, ImmutableArray<StoredConversation> Conversations)
{
    /// <summary>Set where the conversations are from an earlier audit, because the last one made no connections.</summary>
    public DateTimeOffset? ConversationsAt { get; init; }

    /// <summary>Finds what a finding rests on.</summary>
    public TranscriptIndex Index(string domain) => new(
        domain,
        [.. Dns.Select(q => new TranscriptQuestion(q.Name, q.Type, q.Answers))],
        [.. Conversations.Select(c => new TranscriptConversation(Enum.IsDefined(typeof(SmtpStage), c.Stage) ? TranscriptConversation.Smtp : c.Stage, c.Host, c.Address, c.Port))]);

    public static StoredTranscript Of(AuditTranscript transcript) => new(
        [.. transcript.Dns.Select(Of)],
        [.. transcript.Conversations.Select(Of), .. transcript.Hosts.Select(Of)]);

    private static StoredQuestion Of(DnsAnswer a) => new(
        a.Question.Name,
        a.Question.Type.ToString(),
        a.Status.ToString(),
        a.Server,
        Math.Round(a.Elapsed.TotalMilliseconds, 2),
        a.FromCache,
        a.IsAuthenticated,
        TranscriptText.AnswersOf(a));

    private static StoredConversation Of(SmtpObservation o) => new(
        o.Host,
        o.Address.ToString(),
        o.Port,
        o.Stage.ToString(),
        o.Failure,
        Math.Round(o.Elapsed.TotalMilliseconds, 1),
        [.. o.Conversation.Select(l => new StoredLine(Math.Round(l.Offset.TotalMilliseconds, 1), l.FromServer, TranscriptText.Cut(l.Line)))]);

    private static StoredConversation Of(HostConversation c) => new(
        c.Host,
        c.Address.ToString(),
        c.Port,
        c.Protocol,
        c.Failure,
        Math.Round(c.Elapsed.TotalMilliseconds, 1),
        [.. c.Lines.Select(l => new StoredLine(Math.Round(l.Offset.TotalMilliseconds, 1), l.FromServer, TranscriptText.Cut(l.Line)))]);
}
