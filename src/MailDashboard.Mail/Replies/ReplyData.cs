using System.Collections.Immutable;

namespace MailDashboard.Mail.Replies;

/// <summary>A sentence in both languages.</summary>
/// <param name="En">English.</param>
/// <param name="Fr">French.</param>
internal sealed record ReplySentence(string En, string Fr)
{
    public string In(string language) => language == "fr" ? Fr : En;
}

/// <summary>Who writes such replies, and how one recognises it.</summary>
/// <param name="Id">Permanent.</param>
/// <param name="Name">For people.</param>
/// <param name="Marks">Any of these, in any case, gives it away.</param>
internal sealed record ReplyProvider(string Id, string Name, ImmutableArray<string> Marks);

/// <summary>What causes a kind of refusal, what helps, and which check families look at it.</summary>
internal sealed record ReplyAdvice(ImmutableArray<ReplySentence> Causes, ImmutableArray<ReplySentence> Remedies, ImmutableArray<string> Checks);

/// <summary>What a provider, or anybody (null), means by a code, a token of its own, or certain words.</summary>
/// <param name="Provider">Id; null for words that many servers use.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Advice">Keys of the advice.</param>
/// <param name="Verified">Read on the provider's own page; else from others.</param>
internal sealed record ReplyEntry(string? Provider, ReplySentence Meaning, ImmutableArray<string> Advice, string Date, bool Verified)
{
    /// <summary>Enhanced status codes.</summary>
    public ImmutableArray<string> Codes { get; init; } = [];

    /// <summary>Reply codes.</summary>
    public ImmutableArray<string> Replies { get; init; } = [];

    /// <summary>Codes of the provider's own, as words of the reply; <c>*</c> stands for anything.</summary>
    public ImmutableArray<string> Tokens { get; init; } = [];

    /// <summary>Words, in lower case, of which one must be there.</summary>
    public ImmutableArray<string> Says { get; init; } = [];

    /// <summary>Where it was read.</summary>
    public string? Source { get; init; }
}

/// <summary>What a standard says of a code.</summary>
/// <param name="Code">Subject and detail (<c>7.1</c>), a subject, a reply code or a class.</param>
internal sealed record ReplyMeaning(string Code, ReplySentence Meaning, ImmutableArray<string> Advice, string Reference);
