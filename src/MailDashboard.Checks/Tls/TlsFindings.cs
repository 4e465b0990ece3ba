using System.Collections.Immutable;

namespace MailDashboard.Checks.Tls;

/// <summary>Everything the family can say.</summary>
public static class TlsFindings
{
    /// <summary>TLS 1.1 or 1.0 beside newer versions, where people log in.</summary>
    public static readonly FindingDefinition OldTlsToo = new("TLS001", Severity.Error, "RFC 8996 §4");

    /// <summary>Nothing newer than TLS 1.1, where people log in.</summary>
    public static readonly FindingDefinition OnlyOldTls = new("TLS002", Severity.Error, "RFC 8314 §4.1");

    /// <summary>TLS 1.3 is not offered; a warning where the strict profile asks for it.</summary>
    public static readonly FindingDefinition NoTls13 = new("TLS003", Severity.Info, "RFC 9325 §3.1.1");

    /// <summary>The key is too short.</summary>
    public static readonly FindingDefinition WeakKey = new("TLS004", Severity.Warning, "RFC 9325 §4.5");

    /// <summary>The certificate is signed with MD5 or SHA-1.</summary>
    public static readonly FindingDefinition WeakSignature = new("TLS005", Severity.Warning, "RFC 9155 §2");

    /// <summary>One host, different certificates.</summary>
    public static readonly FindingDefinition Different = new("TLS006", Severity.Notice, "RFC 9525 §6");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } = [OldTlsToo, OnlyOldTls, NoTls13, WeakKey, WeakSignature, Different];
}
