using System.Collections.Immutable;
using System.Globalization;
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

    private const int LongestValue = 1000;
    private const int MostValues = 50;

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
        [.. a.Aliases.Select(x => $"CNAME {x}").Concat(a.Records.Select(Text)).Take(MostValues).Select(Cut)]);

    private static StoredConversation Of(SmtpObservation o) => new(
        o.Host,
        o.Address.ToString(),
        o.Port,
        o.Stage.ToString(),
        o.Failure,
        Math.Round(o.Elapsed.TotalMilliseconds, 1),
        [.. o.Conversation.Select(l => new StoredLine(Math.Round(l.Offset.TotalMilliseconds, 1), l.FromServer, Cut(l.Line)))]);

    private static StoredConversation Of(HostConversation c) => new(
        c.Host,
        c.Address.ToString(),
        c.Port,
        c.Protocol,
        c.Failure,
        Math.Round(c.Elapsed.TotalMilliseconds, 1),
        [.. c.Lines.Select(l => new StoredLine(Math.Round(l.Offset.TotalMilliseconds, 1), l.FromServer, Cut(l.Line)))]);

    private static string Text(DnsRecord record) => record switch
    {
        AddressRecord r => r.Address.ToString(),
        MxRecord r => string.Create(CultureInfo.InvariantCulture, $"{r.Preference} {(r.Exchange.Length == 0 ? "." : r.Exchange)}"),
        TxtRecord r => r.Text,
        NameRecord r => r.Target,
        SoaRecord r => string.Create(CultureInfo.InvariantCulture, $"{r.PrimaryServer} {r.Contact} {r.Serial}"),
        SrvRecord r => string.Create(CultureInfo.InvariantCulture, $"{r.Priority} {r.Weight} {r.Port} {(r.Target.Length == 0 ? "." : r.Target)}"),
        TlsaRecord r => string.Create(CultureInfo.InvariantCulture, $"{r.Usage} {r.Selector} {r.MatchingType} {Convert.ToHexStringLower(r.Association.Span)}"),
        CaaRecord r => string.Create(CultureInfo.InvariantCulture, $"{r.Flags} {r.Tag} \"{r.Value}\""),
        RawRecord r => Convert.ToHexStringLower(r.Data.Span[..Math.Min(r.Data.Length, 200)]),
        _ => record.ToString(),
    };

    private static string Cut(string text) => text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue - 1), "…");
}
