using System.Collections.Immutable;

namespace MailDashboard.Checks.Bimi;

/// <summary>Everything the family can say. BIMI is a bonus: nothing here weighs more than a warning.</summary>
public static class BimiFindings
{
    private const string Draft = "draft-brand-indicators-for-message-identification";

    /// <summary>No record.</summary>
    public static readonly FindingDefinition Missing = new("BIMI001", Severity.Info, $"{Draft} §4.3");

    /// <summary>Several records count as none.</summary>
    public static readonly FindingDefinition SeveralRecords = new("BIMI002", Severity.Warning, $"{Draft} §7.2");

    /// <summary>A text that was meant as the record.</summary>
    public static readonly FindingDefinition NearMiss = new("BIMI003", Severity.Warning, $"{Draft} §4.3");

    /// <summary>The record's addresses are missing or not https.</summary>
    public static readonly FindingDefinition BadLocation = new("BIMI004", Severity.Warning, $"{Draft} §4.3");

    /// <summary>The domain declines to take part.</summary>
    public static readonly FindingDefinition Declined = new("BIMI005", Severity.Info, $"{Draft} §4.3.1");

    /// <summary>DMARC does not enforce, so that no logo is shown.</summary>
    public static readonly FindingDefinition DmarcNotEnforced = new("BIMI006", Severity.Notice, $"{Draft} §7.1");

    /// <summary>The logo cannot be fetched.</summary>
    public static readonly FindingDefinition LogoNotFetched = new("BIMI007", Severity.Warning, $"{Draft} §7.3");

    /// <summary>The logo has another media type.</summary>
    public static readonly FindingDefinition LogoType = new("BIMI008", Severity.Notice, $"{Draft} §4.3.2");

    /// <summary>The logo is over 32 kB.</summary>
    public static readonly FindingDefinition LogoTooLarge = new("BIMI009", Severity.Warning, "draft-svg-tiny-ps-abrotman §2");

    /// <summary>The logo is no SVG that may be read.</summary>
    public static readonly FindingDefinition LogoUnreadable = new("BIMI010", Severity.Warning, "draft-svg-tiny-ps-abrotman §2");

    /// <summary>The logo has what the profile forbids, or lacks what it demands.</summary>
    public static readonly FindingDefinition LogoProfile = new("BIMI011", Severity.Warning, "draft-svg-tiny-ps-abrotman §2");

    /// <summary>The logo is not square.</summary>
    public static readonly FindingDefinition LogoNotSquare = new("BIMI012", Severity.Warning, "draft-svg-tiny-ps-abrotman §2");

    /// <summary>The logo has no title.</summary>
    public static readonly FindingDefinition LogoWithoutTitle = new("BIMI013", Severity.Warning, "draft-svg-tiny-ps-abrotman §2");

    /// <summary>The certificate cannot be fetched.</summary>
    public static readonly FindingDefinition MarkNotFetched = new("BIMI014", Severity.Warning, $"{Draft} §7.4");

    /// <summary>What is there is no certificate.</summary>
    public static readonly FindingDefinition MarkUnreadable = new("BIMI015", Severity.Warning, "RFC 7468 §5");

    /// <summary>The certificate is not for this purpose.</summary>
    public static readonly FindingDefinition MarkPurpose = new("BIMI016", Severity.Warning, "draft-fetch-validation-vmc-wchuang");

    /// <summary>The certificate is for another domain.</summary>
    public static readonly FindingDefinition MarkNames = new("BIMI017", Severity.Warning, "draft-fetch-validation-vmc-wchuang");

    /// <summary>The certificate is out of time.</summary>
    public static readonly FindingDefinition MarkExpired = new("BIMI018", Severity.Warning, "RFC 5280 §4.1.2.5");

    /// <summary>The certificate is for another logo.</summary>
    public static readonly FindingDefinition MarkLogo = new("BIMI019", Severity.Warning, "RFC 9399 §4.1");

    /// <summary>The certificate leads to none of the authorities supplied.</summary>
    public static readonly FindingDefinition MarkUntrusted = new("BIMI020", Severity.Warning, "RFC 5280 §6");

    /// <summary>There is no certificate.</summary>
    public static readonly FindingDefinition NoMark = new("BIMI021", Severity.Info, $"{Draft} §4.3");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        Missing, SeveralRecords, NearMiss, BadLocation, Declined, DmarcNotEnforced, LogoNotFetched, LogoType, LogoTooLarge, LogoUnreadable,
        LogoProfile, LogoNotSquare, LogoWithoutTitle, MarkNotFetched, MarkUnreadable, MarkPurpose, MarkNames, MarkExpired, MarkLogo,
        MarkUntrusted, NoMark,
    ];
}
