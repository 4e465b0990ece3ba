using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Marks about SPF, DKIM, DMARC and ARC.</summary>
internal static class AuthenticationMarks
{
    /// <summary>SPF: the address may not send.</summary>
    public static MarkDefinition SpfFail { get; } = new(new("MSG010", Severity.Error, "RFC 7208 §8.4"), 2m, MarkArea.Authentication);

    /// <summary>SPF: the address probably may not send.</summary>
    public static MarkDefinition SpfSoftFail { get; } = new(new("MSG011", Severity.Warning, "RFC 7208 §8.5"), 1.5m, MarkArea.Authentication);

    /// <summary>SPF: no record.</summary>
    public static MarkDefinition SpfNone { get; } = new(new("MSG012", Severity.Error, "RFC 7208 §8.1"), 1.5m, MarkArea.Authentication);

    /// <summary>SPF: neutral.</summary>
    public static MarkDefinition SpfNeutral { get; } = new(new("MSG013", Severity.Warning, "RFC 7208 §8.2"), 1m, MarkArea.Authentication);

    /// <summary>SPF: the record cannot be interpreted.</summary>
    public static MarkDefinition SpfPermError { get; } = new(new("MSG014", Severity.Error, "RFC 7208 §8.7"), 2m, MarkArea.Authentication);

    /// <summary>SPF: the address may not use its HELO name.</summary>
    public static MarkDefinition HeloSpfFail { get; } = new(new("MSG015", Severity.Warning, "RFC 7208 §2.3"), 0.5m, MarkArea.Authentication);

    /// <summary>No DKIM signature.</summary>
    public static MarkDefinition NoSignature { get; } = new(new("MSG020", Severity.Error, "RFC 6376 §3.5"), 1.5m, MarkArea.Authentication);

    /// <summary>The body hash does not match.</summary>
    public static MarkDefinition BodyChanged { get; } = new(new("MSG021", Severity.Error, "RFC 6376 §6.1.3"), 2m, MarkArea.Authentication);

    /// <summary>The header signature does not verify.</summary>
    public static MarkDefinition HeaderChanged { get; } = new(new("MSG022", Severity.Error, "RFC 6376 §6.1.3"), 2m, MarkArea.Authentication);

    /// <summary>No key under that name.</summary>
    public static MarkDefinition KeyMissing { get; } = new(new("MSG023", Severity.Error, "RFC 6376 §3.6.2"), 2m, MarkArea.Authentication);

    /// <summary>The key is revoked.</summary>
    public static MarkDefinition KeyRevoked { get; } = new(new("MSG024", Severity.Error, "RFC 6376 §3.6.1"), 2m, MarkArea.Authentication);

    /// <summary>The key record cannot be used.</summary>
    public static MarkDefinition KeyUnusable { get; } = new(new("MSG025", Severity.Error, "RFC 6376 §3.6.1"), 2m, MarkArea.Authentication);

    /// <summary>The signature cannot be read.</summary>
    public static MarkDefinition SignatureMalformed { get; } = new(new("MSG026", Severity.Error, "RFC 6376 §6.1.1"), 2m, MarkArea.Authentication);

    /// <summary>The signature had ended.</summary>
    public static MarkDefinition SignatureExpired { get; } = new(new("MSG027", Severity.Error, "RFC 6376 §3.5"), 2m, MarkArea.Authentication);

    /// <summary>SHA-1, or an unknown algorithm.</summary>
    public static MarkDefinition WeakAlgorithm { get; } = new(new("MSG028", Severity.Error, "RFC 8301 §3.1"), 2m, MarkArea.Authentication);

    /// <summary>RSA below 1024 bits.</summary>
    public static MarkDefinition KeyTooShort { get; } = new(new("MSG029", Severity.Error, "RFC 8301 §3.2"), 2m, MarkArea.Authentication);

    /// <summary>RSA of 1024 to 2047 bits.</summary>
    public static MarkDefinition KeyShort { get; } = new(new("MSG030", Severity.Warning, "RFC 8301 §3.2"), 0.3m, MarkArea.Authentication);

    /// <summary>The signature has l=.</summary>
    public static MarkDefinition BodyLength { get; } = new(new("MSG031", Severity.Warning, "RFC 6376 §8.2"), 0.5m, MarkArea.Authentication);

    /// <summary>The key has t=y.</summary>
    public static MarkDefinition KeyTesting { get; } = new(new("MSG032", Severity.Notice, "RFC 6376 §3.6.1"), 0.2m, MarkArea.Authentication);

    /// <summary>All valid signatures are Ed25519.</summary>
    public static MarkDefinition OnlyEd25519 { get; } = new(new("MSG033", Severity.Warning, "RFC 8463 §4.3"), 0.5m, MarkArea.Authentication);

    /// <summary>Fields that people see are not signed.</summary>
    public static MarkDefinition FieldsUnsigned { get; } = new(new("MSG034", Severity.Notice, "RFC 6376 §5.4.1"), 0.2m, MarkArea.Authentication);

    /// <summary>Nothing authenticated is aligned with From.</summary>
    public static MarkDefinition NotAligned { get; } = new(new("MSG040", Severity.Error, "RFC 9989 §4.4"), 3m, MarkArea.Authentication);

    /// <summary>DMARC fails because SPF and DKIM do.</summary>
    public static MarkDefinition DmarcConsequence { get; } = new(new("MSG041", Severity.Error, "RFC 9989 §5.3"), 0m, MarkArea.Authentication);

    /// <summary>No DMARC record that receivers apply.</summary>
    public static MarkDefinition NoDmarc { get; } = new(new("MSG042", Severity.Error, "RFC 9989 §4.10.1"), 1.5m, MarkArea.Authentication);

    /// <summary>The policy is none.</summary>
    public static MarkDefinition PolicyNone { get; } = new(new("MSG043", Severity.Notice, "RFC 9989 §4.7"), 0m, MarkArea.Authentication);

    /// <summary>The ARC chain does not verify.</summary>
    public static MarkDefinition BrokenArc { get; } = new(new("MSG050", Severity.Notice, "RFC 8617 §5.2"), 0m, MarkArea.Authentication);

    /// <summary>A check fails because the message was forwarded; ARC explains it.</summary>
    public static MarkDefinition Forwarded { get; } = new(new("MSG051", Severity.Info, "RFC 8617 §7.2"), 0m, MarkArea.Authentication);

    /// <summary>All of them.</summary>
    public static ImmutableArray<MarkDefinition> All { get; } =
    [
        SpfFail, SpfSoftFail, SpfNone, SpfNeutral, SpfPermError, HeloSpfFail, NoSignature, BodyChanged, HeaderChanged, KeyMissing, KeyRevoked, KeyUnusable,
        SignatureMalformed, SignatureExpired, WeakAlgorithm, KeyTooShort, KeyShort, BodyLength, KeyTesting, OnlyEd25519, FieldsUnsigned, NotAligned,
        DmarcConsequence, NoDmarc, PolicyNone, BrokenArc, Forwarded,
    ];
}
