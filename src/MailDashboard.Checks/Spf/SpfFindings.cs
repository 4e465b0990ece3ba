using System.Collections.Immutable;

namespace MailDashboard.Checks.Spf;

/// <summary>Everything the family can say.</summary>
public static class SpfFindings
{
    /// <summary>A sending domain has no record.</summary>
    public static FindingDefinition Missing { get; } = new("SPF001", Severity.Error, "RFC 7208 §3");

    /// <summary>A domain that sends nothing does not say so.</summary>
    public static FindingDefinition MissingWhereNothingIsSent { get; } = new("SPF002", Severity.Warning, "RFC 7208 §3");

    /// <summary>More than one record.</summary>
    public static FindingDefinition Several { get; } = new("SPF003", Severity.Error, "RFC 7208 §4.5");

    /// <summary>A term breaks the grammar.</summary>
    public static FindingDefinition Syntax { get; } = new("SPF004", Severity.Error, "RFC 7208 §4.6");

    /// <summary>Characters that are not ASCII.</summary>
    public static FindingDefinition NonAscii { get; } = new("SPF005", Severity.Error, "RFC 7208 §3.1");

    /// <summary>More than ten look-ups.</summary>
    public static FindingDefinition TooManyLookups { get; } = new("SPF006", Severity.Error, "RFC 7208 §4.6.4");

    /// <summary>Eight to ten look-ups.</summary>
    public static FindingDefinition NearLookupLimit { get; } = new("SPF007", Severity.Notice, "RFC 7208 §4.6.4");

    /// <summary>More than two void look-ups.</summary>
    public static FindingDefinition TooManyVoids { get; } = new("SPF008", Severity.Error, "RFC 7208 §4.6.4");

    /// <summary>include or redirect leads to no record.</summary>
    public static FindingDefinition TargetWithoutRecord { get; } = new("SPF009", Severity.Error, "RFC 7208 §5.2");

    /// <summary>An included record cannot be interpreted.</summary>
    public static FindingDefinition BrokenTarget { get; } = new("SPF010", Severity.Error, "RFC 7208 §5.2");

    /// <summary>A record includes itself.</summary>
    public static FindingDefinition Loop { get; } = new("SPF011", Severity.Error, "RFC 7208 §4.6.4");

    /// <summary>Everybody may send.</summary>
    public static FindingDefinition AllowsEverybody { get; } = new("SPF012", Severity.Critical, "RFC 7208 §11.3");

    /// <summary>A very large range.</summary>
    public static FindingDefinition LargeRange { get; } = new("SPF013", Severity.Warning, "RFC 7208 §11.3");

    /// <summary>Ends in ?all.</summary>
    public static FindingDefinition NeutralEnd { get; } = new("SPF014", Severity.Warning, "RFC 7208 §8.2");

    /// <summary>Ends in nothing.</summary>
    public static FindingDefinition NoEnd { get; } = new("SPF015", Severity.Warning, "RFC 7208 §4.7");

    /// <summary>Ends in ~all.</summary>
    public static FindingDefinition SoftFailEnd { get; } = new("SPF016", Severity.Info, "RFC 7208 §8.5");

    /// <summary>Terms behind all.</summary>
    public static FindingDefinition TermsAfterAll { get; } = new("SPF017", Severity.Warning, "RFC 7208 §5.1");

    /// <summary>redirect beside all.</summary>
    public static FindingDefinition RedirectBesideAll { get; } = new("SPF018", Severity.Warning, "RFC 7208 §6.1");

    /// <summary>ptr, or the macro p.</summary>
    public static FindingDefinition UsesPtr { get; } = new("SPF019", Severity.Warning, "RFC 7208 §5.5");

    /// <summary>A text that was meant to be a record and is none.</summary>
    public static FindingDefinition NearMiss { get; } = new("SPF020", Severity.Error, "RFC 7208 §4.5");

    /// <summary>A long record.</summary>
    public static FindingDefinition Long { get; } = new("SPF021", Severity.Notice, "RFC 7208 §3.4");

    /// <summary>The same term twice.</summary>
    public static FindingDefinition Duplicate { get; } = new("SPF022", Severity.Notice, "RFC 7208 §4.6.4");

    /// <summary>Bits behind the prefix.</summary>
    public static FindingDefinition HostBits { get; } = new("SPF023", Severity.Notice, "RFC 7208 §5.6");

    /// <summary>Private addresses.</summary>
    public static FindingDefinition PrivateAddress { get; } = new("SPF024", Severity.Notice, "RFC 1918 §3");

    /// <summary>Names that hang on the client.</summary>
    public static FindingDefinition NotFollowable { get; } = new("SPF025", Severity.Info, "RFC 7208 §7");

    /// <summary>A mechanism written with "=".</summary>
    public static FindingDefinition MechanismAsModifier { get; } = new("SPF026", Severity.Warning, "RFC 7208 §4.6.1");

    /// <summary>More than ten names behind an mx.</summary>
    public static FindingDefinition TooManyExchanges { get; } = new("SPF027", Severity.Error, "RFC 7208 §4.6.4");

    /// <summary>One or two void look-ups.</summary>
    public static FindingDefinition Voids { get; } = new("SPF028", Severity.Notice, "RFC 7208 §4.6.4");

    /// <summary>A domain that sends nothing lets somebody send.</summary>
    public static FindingDefinition NotClosed { get; } = new("SPF029", Severity.Warning, "RFC 7208 §10.1.2");

    /// <summary>Unknown modifiers.</summary>
    public static FindingDefinition UnknownModifier { get; } = new("SPF030", Severity.Info, "RFC 7208 §6");

    /// <summary>exp leads to no text.</summary>
    public static FindingDefinition NoExplanation { get; } = new("SPF031", Severity.Notice, "RFC 7208 §6.2");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        Missing, MissingWhereNothingIsSent, Several, Syntax, NonAscii, TooManyLookups, NearLookupLimit, TooManyVoids,
        TargetWithoutRecord, BrokenTarget, Loop, AllowsEverybody, LargeRange, NeutralEnd, NoEnd, SoftFailEnd,
        TermsAfterAll, RedirectBesideAll, UsesPtr, NearMiss, Long, Duplicate, HostBits, PrivateAddress, NotFollowable,
        MechanismAsModifier, TooManyExchanges, Voids, NotClosed, UnknownModifier, NoExplanation,
    ];
}
