using System.Collections.Immutable;

namespace MailDashboard.Checks.Autoconfig;

/// <summary>Everything the family can say.</summary>
public static class AutoconfigFindings
{
    /// <summary>Nothing is published.</summary>
    public static readonly FindingDefinition Nothing = new("ACF001", Severity.Info, "RFC 6186 §3");

    /// <summary>Two places say different things.</summary>
    public static readonly FindingDefinition Disagreement = new("ACF002", Severity.Warning, "RFC 6186 §4");

    /// <summary>A host is named that has no address.</summary>
    public static readonly FindingDefinition HostMissing = new("ACF003", Severity.Warning, "RFC 2782");

    /// <summary>The place is there and gives no usable settings.</summary>
    public static readonly FindingDefinition Unusable = new("ACF004", Severity.Notice, "RFC 6186 §6");

    /// <summary>Settings without encryption.</summary>
    public static readonly FindingDefinition NotEncrypted = new("ACF005", Severity.Warning, "RFC 8314 §3");

    /// <summary>Some programs find settings and others do not.</summary>
    public static readonly FindingDefinition Partial = new("ACF006", Severity.Info, "RFC 6186 §3");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } = [Nothing, Disagreement, HostMissing, Unusable, NotEncrypted, Partial];
}
