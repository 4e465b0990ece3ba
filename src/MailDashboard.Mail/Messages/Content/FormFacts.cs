using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>The form of the message on the wire.</summary>
/// <param name="Octets">Its size.</param>
public sealed record FormFacts(long Octets)
{
    /// <summary>The header is longer than what is read of it: a field that was not seen may be there all the same.</summary>
    public bool IsHeaderCut { get; init; }

    /// <summary>Octets of the longest line, without its end.</summary>
    public int LongestLine { get; init; }

    /// <summary>Empty lines in a row, the most.</summary>
    public int EmptyLines { get; init; }

    /// <summary>Lines that end in LF alone, in a message where others end in CRLF.</summary>
    public int BareLineFeeds { get; init; }

    /// <summary>CR that no LF follows.</summary>
    public int BareReturns { get; init; }

    /// <summary>Fields with octets above 127 in them, lower case, at most ten.</summary>
    public ImmutableArray<string> EightBitFields { get; init; } = [];

    /// <summary>Fields that may be there once (RFC 5322 §3.6) and are there more often, with their number.</summary>
    public ImmutableArray<(string Field, int Count)> Repeated { get; init; } = [];

    /// <summary>Every field's first value by name, lower case, unfolded and cut; hostile text.</summary>
    public ImmutableDictionary<string, string> Fields { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Addresses in From.</summary>
    public ImmutableArray<string> From { get; init; } = [];

    /// <summary>The value of a field; null where it is not there.</summary>
    public string? this[string field] => Fields.GetValueOrDefault(field);
}

/// <summary>A link of the HTML.</summary>
/// <param name="Target">Where it leads, cut.</param>
/// <param name="Text">What it shows, cut.</param>
/// <param name="Host">The host it leads to, A-labels; empty where it names none.</param>
public sealed record LinkFacts(string Target, string Text, string Host)
{
    /// <summary>Scheme, lower case.</summary>
    public string Scheme { get; init; } = "";

    /// <summary>The host that the text shows, where it shows one.</summary>
    public string ShownHost { get; init; } = "";
}

/// <summary>What the HTML holds.</summary>
/// <param name="Links">Its links, in order.</param>
/// <param name="Text">The text that a reader sees, white space squeezed, cut.</param>
public sealed record HtmlFacts(ImmutableArray<LinkFacts> Links, string Text)
{
    /// <summary>Pictures, tracking pixels not counted.</summary>
    public int Pictures { get; init; }

    /// <summary>Pictures without <c>alt</c>.</summary>
    public int WithoutAlt { get; init; }

    /// <summary>Remote pictures of one pixel or hidden: where they are fetched from, at most ten.</summary>
    public ImmutableArray<string> Pixels { get; init; } = [];

    /// <summary>Elements and attributes that act: script, iframe, onclick …, at most ten.</summary>
    public ImmutableArray<string> Active { get; init; } = [];

    /// <summary>Forms.</summary>
    public int Forms { get; init; }

    /// <summary>Characters of the source.</summary>
    public int Characters { get; init; }
}

/// <summary>A text part whose character set is wrong.</summary>
/// <param name="Part">The part's media type.</param>
/// <param name="Charset">What it declares; empty where nothing.</param>
/// <param name="IsUnknown">Nobody knows such a character set; else the octets are not of it.</param>
public sealed record CharsetFault(string Part, string Charset, bool IsUnknown);

/// <summary>Text and HTML of the message.</summary>
/// <param name="Text">The plain text; null where there is none.</param>
/// <param name="HasHtml">There is HTML.</param>
public sealed record BodyFacts(string? Text, bool HasHtml)
{
    /// <summary>What is in the HTML; null where there is none, or where it was not read.</summary>
    public HtmlFacts? Html { get; init; }

    /// <summary>Text parts whose character set is wrong, at most ten.</summary>
    public ImmutableArray<CharsetFault> Charsets { get; init; } = [];

    /// <summary>The message uses MIME (parts, a type other than plain text, an encoding).</summary>
    public bool UsesMime { get; init; }

    /// <summary>How many of the words of the shorter one are in the other, 0 to 1; null where one is missing.</summary>
    public double? Likeness { get; init; }
}

/// <summary>A host that links lead to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Answers">A and AAAA.</param>
public sealed record LinkHost(string Name, ImmutableArray<DnsAnswer> Answers)
{
    /// <summary>DNS says that it has no address.</summary>
    public bool IsMissing => Answers.All(a => a.IsDefinite && a.Records.IsEmpty);

    /// <summary>DNS could not say.</summary>
    public DnsAnswer? Unanswered => Answers.Any(a => !a.Records.IsEmpty) ? null : Answers.FirstOrDefault(a => !a.IsDefinite);
}

/// <summary>What is remarkable about an attachment or an entry of an archive. Flags.</summary>
[Flags]
public enum AttachmentTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Its name is that of a program or script.</summary>
    Program = 1,

    /// <summary>Its name hides that behind a second ending.</summary>
    DoubleEnding = 2,

    /// <summary>Its octets are a program's, whatever its name says.</summary>
    ProgramOctets = 4,

    /// <summary>An office document with macros.</summary>
    Macros = 8,

    /// <summary>An encrypted archive.</summary>
    Encrypted = 16,

    /// <summary>A ZIP archive that could not be listed, or not to the end.</summary>
    Unlisted = 32,
}

/// <summary>An attachment, or an entry of an archive.</summary>
/// <param name="Name">File name, with the archives it is in before it, cleaned and cut.</param>
/// <param name="MediaType">Declared type; empty for an entry.</param>
/// <param name="Octets">Size, unpacked.</param>
/// <param name="Traits">What is remarkable.</param>
public sealed record AttachmentFacts(string Name, string MediaType, long Octets, AttachmentTraits Traits)
{
    /// <summary>It lies in an archive.</summary>
    public bool IsEntry { get; init; }

    /// <summary>The kind of an archive that is not looked into, for example <c>RAR</c>; null for everything else.</summary>
    public string? Archive { get; init; }
}
