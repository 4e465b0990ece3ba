using System.Collections.Immutable;

namespace MailDashboard.Mail.Replies;

/// <summary>
/// Says what a server's reply means: who wrote it first, because providers give the registered codes meanings of their own, then
/// the IANA registry of enhanced status codes (RFC 3463, RFC 5248), then the reply codes of RFC 5321 §4.2.3.
/// </summary>
public static class ReplyDecoder
{
    /// <summary>Longer texts are cut, in characters.</summary>
    public const int MaximumLength = ReplyScanner.MaximumLength;

    /// <summary>Explains the reply in a text: alone, in a line of a log, or in a non-delivery report. Never throws; linear in the text.</summary>
    /// <param name="text">What was pasted.</param>
    /// <param name="language"><c>fr</c> for French; anything else gives English.</param>
    /// <returns>Null where the text holds no reply.</returns>
    public static ReplyExplanation? Explain(string text, string language)
    {
        if (ReplyScanner.Find(text) is not { } reply)
        {
            return null;
        }

        var data = ReplyCatalogue.Default;
        var around = text.Length > MaximumLength ? text[..MaximumLength] : text;
        var provider = ReplyMatcher.Provider(data, reply, around);
        if (reply.Class >= 4 && ReplyMatcher.Entry(data, reply, provider) is { } entry)
        {
            return Compose(data, reply, entry.Meaning, entry.Advice, language) with
            {
                Provider = provider?.Name,
                IsProvidersOwn = entry.Provider is not null,
                Source = entry.Source,
                SourceDate = entry.Source is null ? null : entry.Date,
                IsVerified = entry.Verified,
            };
        }

        return data.Standard(reply) is { } standard
            ? Compose(data, reply, standard.Meaning, standard.Advice, language) with { Provider = provider?.Name, Source = standard.Reference, IsVerified = true }
            : null;
    }

    private static ReplyExplanation Compose(ReplyCatalogue data, FoundReply reply, ReplySentence meaning, ImmutableArray<string> advice, string language)
    {
        // Causes and remedies are about refusals: a 250 needs none.
        var parts = reply.Class >= 4 ? advice.Select(a => data.Advice[a]).ToList() : [];
        return new ReplyExplanation(
            reply,
            reply.Class switch { 5 => ReplyClass.Permanent, 4 => ReplyClass.Temporary, _ => ReplyClass.Accepted },
            meaning.In(language),
            [.. parts.SelectMany(p => p.Causes).Select(c => c.In(language)).Distinct()],
            [.. parts.SelectMany(p => p.Remedies).Select(r => r.In(language)).Distinct()],
            [.. parts.SelectMany(p => p.Checks).Distinct()]);
    }
}
