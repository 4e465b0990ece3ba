using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Auditing;

/// <summary>A DNS question of a transcript, as far as a finding can be told to rest on it.</summary>
/// <param name="Name">Lower case, without a trailing dot.</param>
/// <param name="Type">TXT, MX …</param>
/// <param name="Answers">The records' data as text.</param>
public sealed record TranscriptQuestion(string Name, string Type, ImmutableArray<string> Answers);

/// <summary>A conversation of a transcript, as far as a finding can be told to rest on it.</summary>
/// <param name="Protocol">What was spoken; <see cref="Smtp"/> for the mail exchangers' port.</param>
/// <param name="Host">The name that was meant.</param>
/// <param name="Address">Where the connection went.</param>
/// <param name="Port">TCP port.</param>
public sealed record TranscriptConversation(string Protocol, string Host, string Address, int Port)
{
    /// <summary>The protocol of mail exchangers.</summary>
    public const string Smtp = "smtp";
}

/// <summary>The entries of a transcript that a finding rests on, by their index.</summary>
/// <param name="Dns">Questions.</param>
/// <param name="Conversations">Conversations: those with mail exchangers first, then those with other hosts.</param>
public sealed record TranscriptPointers(ImmutableArray<int> Dns, ImmutableArray<int> Conversations)
{
    /// <summary>Nothing was found that it rests on.</summary>
    public bool IsEmpty => Dns.IsEmpty && Conversations.IsEmpty;
}

/// <summary>The data of an answer, bounded.</summary>
public static class TranscriptText
{
    /// <summary>More records of one answer are left out.</summary>
    public const int MostValues = 50;

    /// <summary>Characters of one value; longer ones are cut, with an ellipsis.</summary>
    public const int LongestValue = 1000;

    /// <summary>The aliases followed, then the records.</summary>
    public static ImmutableArray<string> AnswersOf(DnsAnswer answer) =>
        [.. answer.Aliases.Select(a => $"CNAME {a}").Concat(answer.Records.Select(DnsRecordText.Of)).Take(MostValues).Select(Cut)];

    /// <summary>The text, cut to <see cref="LongestValue"/>.</summary>
    public static string Cut(string text) => text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue - 1), "…");
}
