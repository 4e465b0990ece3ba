using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Desired;

/// <summary>Everything that can be said about a record that somebody pinned.</summary>
public static class DriftFindings
{
    /// <summary>It is not there.</summary>
    public static readonly FindingDefinition Missing = new("DRF001", Severity.Warning, "RFC 1034 §3.6");

    /// <summary>It is there, and another.</summary>
    public static readonly FindingDefinition Different = new("DRF002", Severity.Warning, "RFC 1034 §3.6");

    /// <summary>Shown and stored as a family of its own, which nobody runs: it follows from what the others saw.</summary>
    public static FamilyDescriptor Descriptor { get; } = new(
        "wanted",
        "DRF",
        FamilyKind.Dns,
        ImmutableArray.Create(Missing, Different),
        new("MailDashboard.Monitoring.Desired.DriftTexts", typeof(DriftFindings).Assembly));
}
