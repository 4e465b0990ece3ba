using System.Collections.Immutable;

namespace MailDashboard.Checks.Auditing;

/// <summary>
/// Finds the entries of a transcript that a finding rests on: by its subject, by the names and values in its evidence, and by the
/// server that said them. What cannot be told apart is left out rather than guessed.
/// </summary>
/// <param name="domain">The audited domain, A-labels.</param>
/// <param name="questions">In the transcript's order.</param>
/// <param name="conversations">In the transcript's order.</param>
public sealed class TranscriptIndex(string domain, ImmutableArray<TranscriptQuestion> questions, ImmutableArray<TranscriptConversation> conversations)
{
    /// <summary>A finding points to no more questions, and to no more conversations, than this.</summary>
    public const int MostPointers = 50;

    /// <summary>The index of a fresh audit.</summary>
    public static TranscriptIndex Of(AuditReport report) => new(
        report.Domain,
        [.. report.Transcript.Dns.Select(a => new TranscriptQuestion(a.Question.Name, a.Question.Type.ToString(), TranscriptText.AnswersOf(a)))],
        [
            .. report.Transcript.Conversations.Select(c => new TranscriptConversation(TranscriptConversation.Smtp, c.Host, c.Address.ToString(), c.Port)),
            .. report.Transcript.Hosts.Select(c => new TranscriptConversation(c.Protocol, c.Host, c.Address.ToString(), c.Port)),
        ]);

    /// <summary>What a finding of a family rests on.</summary>
    public TranscriptPointers Find(string family, Finding finding)
    {
        var clues = FindingClues.Of(family, finding, domain);
        return new TranscriptPointers(
            Where(questions, clues.Matches),
            FamilyQuestions.Converses(family, finding) ? Where(conversations, c => FamilyQuestions.MaySpeak(family, c.Protocol) && clues.Matches(c)) : []);
    }

    private static ImmutableArray<int> Where<T>(ImmutableArray<T> entries, Func<T, bool> matches) =>
        [.. Enumerable.Range(0, entries.Length).Where(i => matches(entries[i])).Take(MostPointers)];
}
