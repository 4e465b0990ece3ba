using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Marks about attachments, and of spam filters.</summary>
internal static class AttachmentMarks
{
    /// <summary>An attachment is a program or script.</summary>
    public static MarkDefinition Program { get; } = new(new("MSG140", Severity.Error, "RFC 2046 §4.5.1"), 2m, MarkArea.Attachments);

    /// <summary>A program hides behind a second ending.</summary>
    public static MarkDefinition DoubleEnding { get; } = new(new("MSG141", Severity.Error, "RFC 2046 §4.5.1"), 2m, MarkArea.Attachments);

    /// <summary>A program under another name.</summary>
    public static MarkDefinition DisguisedProgram { get; } = new(new("MSG142", Severity.Error, "RFC 2046 §4.5.1"), 2m, MarkArea.Attachments);

    /// <summary>An encrypted archive.</summary>
    public static MarkDefinition Encrypted { get; } = new(new("MSG143", Severity.Warning, "RFC 2046 §4.5.1"), 0.5m, MarkArea.Attachments);

    /// <summary>An office document with macros.</summary>
    public static MarkDefinition Macros { get; } = new(new("MSG144", Severity.Warning, "RFC 2046 §4.5.1"), 0.5m, MarkArea.Attachments);

    /// <summary>Attachments of more than 10 MB.</summary>
    public static MarkDefinition Heavy { get; } = new(new("MSG145", Severity.Notice, "RFC 5321 §4.5.3.1.7"), 0.3m, MarkArea.Attachments);

    /// <summary>A spam filter calls it spam.</summary>
    public static MarkDefinition FilterSpam { get; } = new(new("MSG150", Severity.Error, "RFC 5782 §2"), 3m, MarkArea.Filters);

    /// <summary>A spam filter calls it spam for faults charged elsewhere.</summary>
    public static MarkDefinition FilterSpamElsewhere { get; } = new(new("MSG151", Severity.Warning, "RFC 5782 §2"), 0m, MarkArea.Filters);

    /// <summary>All of them.</summary>
    public static ImmutableArray<MarkDefinition> All { get; } =
    [
        Program, DoubleEnding, DisguisedProgram, Encrypted, Macros, Heavy, FilterSpam, FilterSpamElsewhere,
    ];
}
