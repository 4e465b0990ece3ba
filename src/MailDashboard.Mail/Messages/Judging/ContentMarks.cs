using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Marks about text, links and pictures.</summary>
internal static class ContentMarks
{
    /// <summary>HTML without plain text.</summary>
    public static MarkDefinition NoPlainText { get; } = new(new("MSG120", Severity.Warning, "RFC 2046 §5.1.4"), 0.5m, MarkArea.Content);

    /// <summary>Plain text and HTML differ.</summary>
    public static MarkDefinition TextDiffers { get; } = new(new("MSG121", Severity.Warning, "RFC 2046 §5.1.4"), 0.5m, MarkArea.Content);

    /// <summary>A character set is missing, unknown or wrong.</summary>
    public static MarkDefinition BadCharset { get; } = new(new("MSG122", Severity.Warning, "RFC 2045 §5.2"), 0.5m, MarkArea.Content);

    /// <summary>There is nothing to read.</summary>
    public static MarkDefinition EmptyBody { get; } = new(new("MSG123", Severity.Error, "RFC 5322 §2.3"), 1m, MarkArea.Content);

    /// <summary>Pictures and hardly any text.</summary>
    public static MarkDefinition OnlyPictures { get; } = new(new("MSG124", Severity.Warning, "RFC 2046 §4.2"), 1m, MarkArea.Content);

    /// <summary>A tracking pixel.</summary>
    public static MarkDefinition TrackingPixel { get; } = new(new("MSG125", Severity.Notice, "RFC 2046 §4.2"), 0.2m, MarkArea.Content);

    /// <summary>Scripts, frames and the like in HTML.</summary>
    public static MarkDefinition ActiveContent { get; } = new(new("MSG126", Severity.Error, "RFC 2046 §4.1"), 1m, MarkArea.Content);

    /// <summary>A form in HTML.</summary>
    public static MarkDefinition Form { get; } = new(new("MSG127", Severity.Warning, "RFC 2046 §4.1"), 0.5m, MarkArea.Content);

    /// <summary>Pictures without alt.</summary>
    public static MarkDefinition NoAlt { get; } = new(new("MSG128", Severity.Notice, "RFC 2046 §4.2"), 0.2m, MarkArea.Content);

    /// <summary>A link shortener.</summary>
    public static MarkDefinition ShortLink { get; } = new(new("MSG129", Severity.Warning, "RFC 3986 §7.6"), 0.5m, MarkArea.Content);

    /// <summary>A link shows another host than it leads to.</summary>
    public static MarkDefinition DeceptiveLink { get; } = new(new("MSG130", Severity.Error, "RFC 3986 §7.6"), 1.5m, MarkArea.Content);

    /// <summary>Links without encryption.</summary>
    public static MarkDefinition PlainHttp { get; } = new(new("MSG131", Severity.Notice, "RFC 9110 §4.2.1"), 0.2m, MarkArea.Content);

    /// <summary>A link to a bare address.</summary>
    public static MarkDefinition AddressLink { get; } = new(new("MSG132", Severity.Warning, "RFC 3986 §3.2.2"), 1m, MarkArea.Content);

    /// <summary>The host of a link does not exist.</summary>
    public static MarkDefinition DeadLink { get; } = new(new("MSG133", Severity.Warning, "RFC 3986 §3.2.2"), 0.5m, MarkArea.Content);

    /// <summary>Links to many hosts.</summary>
    public static MarkDefinition ManyHosts { get; } = new(new("MSG134", Severity.Notice, "RFC 3986 §3.2.2"), 0.3m, MarkArea.Content);

    /// <summary>HTML that Gmail cuts.</summary>
    public static MarkDefinition Clipped { get; } = new(new("MSG135", Severity.Notice, "RFC 5322 §2.1.1"), 0.2m, MarkArea.Content);

    /// <summary>All of them.</summary>
    public static ImmutableArray<MarkDefinition> All { get; } =
    [
        NoPlainText, TextDiffers, BadCharset, EmptyBody, OnlyPictures, TrackingPixel, ActiveContent, Form, NoAlt, ShortLink, DeceptiveLink, PlainHttp,
        AddressLink, DeadLink, ManyHosts, Clipped,
    ];
}
