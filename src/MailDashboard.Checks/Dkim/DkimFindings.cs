using System.Collections.Immutable;

namespace MailDashboard.Checks.Dkim;

/// <summary>Everything that the DKIM family can say.</summary>
public static class DkimFindings
{
    /// <summary>A stated selector has no record.</summary>
    public static FindingDefinition Missing { get; } = new("DKIM001", Severity.Error, "RFC 6376 §3.6.2");

    /// <summary>A selector is an alias of a name that has no key.</summary>
    public static FindingDefinition DanglingAlias { get; } = new("DKIM002", Severity.Error, "RFC 6376 §3.6.2.2");

    /// <summary>The key is withdrawn.</summary>
    public static FindingDefinition Revoked { get; } = new("DKIM003", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary>The record is no key at all.</summary>
    public static FindingDefinition NotAKeyRecord { get; } = new("DKIM004", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary>The tag list is broken.</summary>
    public static FindingDefinition BrokenSyntax { get; } = new("DKIM005", Severity.Error, "RFC 6376 §3.2");

    /// <summary>A version other than DKIM1.</summary>
    public static FindingDefinition WrongVersion { get; } = new("DKIM006", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary>No <c>p=</c>.</summary>
    public static FindingDefinition NoKey { get; } = new("DKIM007", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary><c>p=</c> is not base64.</summary>
    public static FindingDefinition NotBase64 { get; } = new("DKIM008", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary><c>p=</c> is base64 and no key.</summary>
    public static FindingDefinition UnreadableKey { get; } = new("DKIM009", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary><c>k=</c> is a type that nobody knows.</summary>
    public static FindingDefinition UnknownType { get; } = new("DKIM010", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary><c>k=</c> and the key do not agree.</summary>
    public static FindingDefinition OtherType { get; } = new("DKIM011", Severity.Error, "RFC 8463 §4.2");

    /// <summary>RSA below 1024 bits.</summary>
    public static FindingDefinition TooShort { get; } = new("DKIM012", Severity.Error, "RFC 8301 §3.2");

    /// <summary>RSA of 1024 to 2047 bits.</summary>
    public static FindingDefinition Short { get; } = new("DKIM013", Severity.Warning, "RFC 8301 §3.2");

    /// <summary><c>t=y</c>.</summary>
    public static FindingDefinition Testing { get; } = new("DKIM014", Severity.Warning, "RFC 6376 §3.6.1");

    /// <summary><c>h=</c> without sha256.</summary>
    public static FindingDefinition NoSha256 { get; } = new("DKIM015", Severity.Error, "RFC 8301 §3.1");

    /// <summary><c>s=</c> without e-mail.</summary>
    public static FindingDefinition NotForMail { get; } = new("DKIM016", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary>Several records at one selector.</summary>
    public static FindingDefinition SeveralRecords { get; } = new("DKIM017", Severity.Warning, "RFC 6376 §3.6.2.2");

    /// <summary>Ed25519 without an RSA key beside it.</summary>
    public static FindingDefinition OnlyEd25519 { get; } = new("DKIM018", Severity.Warning, "RFC 8463 §3");

    /// <summary><c>v=</c> is not the first tag.</summary>
    public static FindingDefinition LateVersion { get; } = new("DKIM019", Severity.Warning, "RFC 6376 §3.6.1");

    /// <summary><c>g=</c>, abolished in 2011.</summary>
    public static FindingDefinition OldGranularity { get; } = new("DKIM020", Severity.Notice, "RFC 6376 §C.2");

    /// <summary><c>t=s</c>.</summary>
    public static FindingDefinition Strict { get; } = new("DKIM021", Severity.Info, "RFC 6376 §3.6.1");

    /// <summary>Every selector answers.</summary>
    public static FindingDefinition Wildcard { get; } = new("DKIM022", Severity.Notice, "RFC 6376 §3.6.2.1");

    /// <summary>No key under the selectors tried.</summary>
    public static FindingDefinition NotFoundAmongTried { get; } = new("DKIM023", Severity.Notice, "RFC 6376 §3.1");

    /// <summary>An RSA key without the wrapping that programs expect.</summary>
    public static FindingDefinition BareKey { get; } = new("DKIM024", Severity.Notice, "RFC 6376 §3.6.1");

    /// <summary>All of them, by code.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        Missing, DanglingAlias, Revoked, NotAKeyRecord, BrokenSyntax, WrongVersion, NoKey, NotBase64, UnreadableKey,
        UnknownType, OtherType, TooShort, Short, Testing, NoSha256, NotForMail, SeveralRecords, OnlyEd25519, LateVersion,
        OldGranularity, Strict, Wildcard, NotFoundAmongTried, BareKey,
    ];
}
