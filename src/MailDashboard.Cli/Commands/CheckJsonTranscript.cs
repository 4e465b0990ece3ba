using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Cli.Commands;

/// <summary>Everything that an audit asked and heard, in the order in which findings point to it.</summary>
internal sealed record CheckJsonTranscript(IReadOnlyList<CheckJsonQuestion> Dns, IReadOnlyList<CheckJsonConversation> Conversations)
{
    public static CheckJsonTranscript From(AuditTranscript transcript) => new(
        [.. transcript.Dns.Select(CheckJsonQuestion.From)],
        [.. transcript.Conversations.Select(CheckJsonConversation.From), .. transcript.Hosts.Select(CheckJsonConversation.From)]);

    /// <summary>Milliseconds, to a hundredth.</summary>
    public static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 2);
}

/// <summary>A DNS question and its end.</summary>
internal sealed record CheckJsonQuestion(
    string Name, string Type, DnsStatus Status, string Server, IReadOnlyList<string> Answers, bool Authenticated, bool FromCache, double Ms)
{
    public static CheckJsonQuestion From(DnsAnswer answer) => new(
        answer.Question.Name,
        answer.Question.Type.ToString(),
        answer.Status,
        answer.Server,
        TranscriptText.AnswersOf(answer),
        answer.IsAuthenticated,
        answer.FromCache,
        CheckJsonTranscript.Milliseconds(answer.Elapsed));
}

/// <summary>A conversation with a host.</summary>
internal sealed record CheckJsonConversation(
    string Protocol, string Host, string Address, int Port, string? Failure, double Ms, IReadOnlyList<CheckJsonLine> Lines)
{
    public static CheckJsonConversation From(SmtpObservation seen) => new(
        TranscriptConversation.Smtp,
        seen.Host,
        seen.Address.ToString(),
        seen.Port,
        seen.Failure,
        CheckJsonTranscript.Milliseconds(seen.Elapsed),
        [.. seen.Conversation.Select(CheckJsonLine.Of)]);

    public static CheckJsonConversation From(HostConversation seen) => new(
        seen.Protocol,
        seen.Host,
        seen.Address.ToString(),
        seen.Port,
        seen.Failure,
        CheckJsonTranscript.Milliseconds(seen.Elapsed),
        [.. seen.Lines.Select(CheckJsonLine.Of)]);
}

/// <summary>A line: <c>from</c> is <c>server</c> or <c>client</c>, <c>ms</c> counts from the connection.</summary>
internal sealed record CheckJsonLine(string From, string Text, double Ms)
{
    internal static CheckJsonLine Of(ConversationLine line) =>
        new(line.FromServer ? "server" : "client", line.Line, CheckJsonTranscript.Milliseconds(line.Offset));
}
