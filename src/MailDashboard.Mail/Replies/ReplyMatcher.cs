using System.Collections.Immutable;
using System.Globalization;

namespace MailDashboard.Mail.Replies;

/// <summary>Finds who wrote a reply and which entry of the data fits it best.</summary>
internal static class ReplyMatcher
{
    private const int MaximumTokens = 400;

    /// <summary>A shorter code of a provider's own may mean something else elsewhere.</summary>
    private const int OwnToken = 5;

    /// <summary>By the reply's own words, by a code that only one provider has, else by what stands around it (host names of a log or a report).</summary>
    public static ReplyProvider? Provider(ReplyCatalogue data, FoundReply reply, string around)
    {
        var tokens = Tokens(reply.Text);
        var owner = data.Entries.FirstOrDefault(e => e.Provider is not null && e.Tokens.Any(t => t.Length >= OwnToken && tokens.Any(w => Fits(w, t))))?.Provider;
        return data.Providers.FirstOrDefault(p => p.Id == owner)
            ?? Marked(data, reply.Text)
            ?? Marked(data, around);
    }

    /// <summary>The entry that fits best; the provider's own come first, then what many servers say.</summary>
    public static ReplyEntry? Entry(ReplyCatalogue data, FoundReply reply, ReplyProvider? provider)
    {
        var tokens = Tokens(reply.Text);
        var words = reply.Text.ToLowerInvariant();
        var (best, rank) = (default(ReplyEntry), 0);
        foreach (var entry in data.Entries)
        {
            if ((entry.Provider is null || entry.Provider == provider?.Id) && Rank(entry, reply, tokens, words) is var mine && mine > rank)
            {
                (best, rank) = (entry, mine);
            }
        }

        return best;
    }

    private static int Rank(ReplyEntry entry, FoundReply reply, ImmutableArray<string> tokens, string words)
    {
        var isOwn = entry.Provider is not null ? 10 : 0;
        if (entry.Tokens.Any(t => tokens.Any(w => Fits(w, t))))
        {
            return isOwn + 5;
        }

        var hasCode = (reply.Enhanced is { } enhanced && entry.Codes.Contains(enhanced.ToString()))
            || (reply.Code is { } code && entry.Replies.Contains(code.ToString(CultureInfo.InvariantCulture)));
        var says = entry.Says.Any(s => words.Contains(s, StringComparison.Ordinal));
        var needsCode = !entry.Codes.IsEmpty || !entry.Replies.IsEmpty;
        return (needsCode, hasCode, says) switch
        {
            (true, true, true) => isOwn + 4,
            (true, true, false) when entry.Says.IsEmpty && entry.Tokens.IsEmpty => isOwn + 2,
            (false, _, true) => isOwn + 1,
            _ => 0,
        };
    }

    private static ReplyProvider? Marked(ReplyCatalogue data, string text) =>
        data.Providers.FirstOrDefault(p => p.Marks.Any(m => text.Contains(m, StringComparison.OrdinalIgnoreCase)));

    private static ImmutableArray<string> Tokens(string text) =>
        [.. text.Split([' ', '[', ']', '(', ')', '<', '>', ',', ';', ':', '.', '"', '\''], MaximumTokens, StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length is > 2 and < 40)];

    /// <summary>A pattern has at most one star.</summary>
    private static bool Fits(string word, string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? word.Equals(pattern, StringComparison.OrdinalIgnoreCase)
            : word.Length >= pattern.Length - 1
                && word.AsSpan().StartsWith(pattern.AsSpan(0, star), StringComparison.OrdinalIgnoreCase)
                && word.AsSpan().EndsWith(pattern.AsSpan(star + 1), StringComparison.OrdinalIgnoreCase);
    }
}
