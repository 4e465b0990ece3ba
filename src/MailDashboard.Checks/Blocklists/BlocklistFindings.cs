using System.Collections.Immutable;

namespace MailDashboard.Checks.Blocklists;

/// <summary>Everything the family can say.</summary>
public static class BlocklistFindings
{
    /// <summary>A watched address is listed; its severity is that of the list and the answer.</summary>
    public static readonly FindingDefinition AddressListed = new("BLK001", Severity.Error, "RFC 5782 §2");

    /// <summary>The domain is listed; its severity is that of the list and the answer.</summary>
    public static readonly FindingDefinition DomainListed = new("BLK002", Severity.Error, "RFC 5782 §3");

    /// <summary>An address of a provider, or of a mail exchanger not marked as own, is listed: shown, never alerted.</summary>
    public static readonly FindingDefinition OthersListed = new("BLK003", Severity.Info, "RFC 5782 §2");

    /// <summary>Some lists refuse our resolver; said once, with their names.</summary>
    public static readonly FindingDefinition ResolverRefused = new("BLK004", Severity.Notice, "RFC 6471 §3.4");

    /// <summary>A list fails its self-test and is not believed.</summary>
    public static readonly FindingDefinition SelfTestFailed = new("BLK005", Severity.Notice, "RFC 5782 §5");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } = [AddressListed, DomainListed, OthersListed, ResolverRefused, SelfTestFailed];

    /// <summary>How bad a listing is, by its weight.</summary>
    public static Severity SeverityOf(ListWeight weight) => weight switch
    {
        ListWeight.Critical => Severity.Critical,
        ListWeight.High => Severity.Error,
        ListWeight.Medium => Severity.Warning,
        ListWeight.Low => Severity.Notice,
        _ => Severity.Info,
    };
}
