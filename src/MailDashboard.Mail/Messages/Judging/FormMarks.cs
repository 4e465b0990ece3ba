using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Marks about header fields and form.</summary>
internal static class FormMarks
{
    /// <summary>Something exceeds a bound and was not judged.</summary>
    public static MarkDefinition TooLarge { get; } = new(new("MSG001", Severity.Notice, "RFC 5321 §4.5.3.1"), 0m, MarkArea.Message);

    /// <summary>There is no header that could be read.</summary>
    public static MarkDefinition Empty { get; } = new(new("MSG002", Severity.Critical, "RFC 5322 §3.6"), 10m, MarkArea.Message);

    /// <summary>Bulk mail without List-Unsubscribe.</summary>
    public static MarkDefinition NoUnsubscribe { get; } = new(new("MSG080", Severity.Error, "RFC 2369 §3.2"), 1m, MarkArea.Form);

    /// <summary>No List-Unsubscribe-Post.</summary>
    public static MarkDefinition NoOneClick { get; } = new(new("MSG081", Severity.Error, "RFC 8058 §3.1"), 1m, MarkArea.Form);

    /// <summary>No https address in List-Unsubscribe.</summary>
    public static MarkDefinition UnsubscribeNotHttps { get; } = new(new("MSG082", Severity.Error, "RFC 8058 §3.1"), 1m, MarkArea.Form);

    /// <summary>No signature covers both fields.</summary>
    public static MarkDefinition UnsubscribeUnsigned { get; } = new(new("MSG083", Severity.Error, "RFC 8058 §4"), 1m, MarkArea.Form);

    /// <summary>No Date.</summary>
    public static MarkDefinition NoDate { get; } = new(new("MSG100", Severity.Error, "RFC 5322 §3.6.1"), 1m, MarkArea.Form);

    /// <summary>Date cannot be read.</summary>
    public static MarkDefinition BadDate { get; } = new(new("MSG101", Severity.Error, "RFC 5322 §3.3"), 1m, MarkArea.Form);

    /// <summary>Date is more than a day from reception.</summary>
    public static MarkDefinition OddDate { get; } = new(new("MSG102", Severity.Warning, "RFC 5322 §3.6.1"), 0.5m, MarkArea.Form);

    /// <summary>No Message-ID.</summary>
    public static MarkDefinition NoMessageId { get; } = new(new("MSG103", Severity.Warning, "RFC 5322 §3.6.4"), 0.5m, MarkArea.Form);

    /// <summary>Message-ID is not of its form.</summary>
    public static MarkDefinition BadMessageId { get; } = new(new("MSG104", Severity.Warning, "RFC 5322 §3.6.4"), 0.3m, MarkArea.Form);

    /// <summary>No usable From.</summary>
    public static MarkDefinition NoFrom { get; } = new(new("MSG105", Severity.Critical, "RFC 5322 §3.6.2"), 3m, MarkArea.Form);

    /// <summary>More than one From, or more than one address in it.</summary>
    public static MarkDefinition SeveralFrom { get; } = new(new("MSG106", Severity.Error, "RFC 9989 §5.3.1"), 3m, MarkArea.Form);

    /// <summary>Reply-To holds no address.</summary>
    public static MarkDefinition BadReplyTo { get; } = new(new("MSG107", Severity.Warning, "RFC 5322 §3.6.2"), 0.3m, MarkArea.Form);

    /// <summary>A field that may be there once is there more often.</summary>
    public static MarkDefinition RepeatedField { get; } = new(new("MSG108", Severity.Error, "RFC 5322 §3.6"), 1m, MarkArea.Form);

    /// <summary>A line of more than 998 octets.</summary>
    public static MarkDefinition LongLine { get; } = new(new("MSG109", Severity.Warning, "RFC 5322 §2.1.1"), 0.5m, MarkArea.Form);

    /// <summary>CR or LF alone.</summary>
    public static MarkDefinition BareLineEnd { get; } = new(new("MSG110", Severity.Warning, "RFC 5322 §2.3"), 0.5m, MarkArea.Form);

    /// <summary>Octets above 127 in the header.</summary>
    public static MarkDefinition EightBitHeader { get; } = new(new("MSG111", Severity.Warning, "RFC 5322 §2.2"), 0.5m, MarkArea.Form);

    /// <summary>MIME without MIME-Version.</summary>
    public static MarkDefinition NoMimeVersion { get; } = new(new("MSG112", Severity.Warning, "RFC 2045 §4"), 0.3m, MarkArea.Form);

    /// <summary>No subject.</summary>
    public static MarkDefinition NoSubject { get; } = new(new("MSG113", Severity.Warning, "RFC 5322 §3.6.5"), 0.5m, MarkArea.Form);

    /// <summary>The subject is in capitals.</summary>
    public static MarkDefinition ShoutedSubject { get; } = new(new("MSG114", Severity.Warning, "RFC 5322 §3.6.5"), 0.3m, MarkArea.Form);

    /// <summary>All of them.</summary>
    public static ImmutableArray<MarkDefinition> All { get; } =
    [
        TooLarge, Empty, NoUnsubscribe, NoOneClick, UnsubscribeNotHttps, UnsubscribeUnsigned, NoDate, BadDate, OddDate, NoMessageId, BadMessageId, NoFrom,
        SeveralFrom, BadReplyTo, RepeatedField, LongLine, BareLineEnd, EightBitHeader, NoMimeVersion, NoSubject, ShoutedSubject,
    ];
}
