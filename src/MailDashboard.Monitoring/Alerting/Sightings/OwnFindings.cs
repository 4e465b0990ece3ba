using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Alerting.Sightings;

/// <summary>What the dashboard itself has to tell: it follows from what is remembered, and is only ever an alert.</summary>
public static class OwnFindings
{
    /// <summary>A domain's score fell.</summary>
    public static readonly FindingDefinition ScoreFell = new("MON001", Severity.Warning, "RFC 5321 §7");

    /// <summary>A certificate nears its end.</summary>
    public static readonly FindingDefinition CertificateLate = new("MON002", Severity.Warning, "RFC 5280 §4.1.2.5");

    /// <summary>Checks of a domain could not be made for long.</summary>
    public static readonly FindingDefinition NotDetermined = new("MON003", Severity.Warning, "RFC 2308 §7");

    /// <summary>Our own DNS server does not answer: nothing can be checked.</summary>
    public static readonly FindingDefinition ResolverSilent = new("MON004", Severity.Error, "RFC 1034 §5");

    /// <summary>A record changed, and nothing is worse for it.</summary>
    public static readonly FindingDefinition RecordChanged = new("MON005", Severity.Info, "RFC 1034 §3.6");

    /// <summary>A sending profile cannot be used: no connection, no encryption, or nobody is let in.</summary>
    public static readonly FindingDefinition ProfileFails = new("MON006", Severity.Error, "RFC 4954 §6");

    /// <summary>The certificate of a sending profile's server, or the one that we show there, ends soon or has ended.</summary>
    public static readonly FindingDefinition ProfileCertificate = new("MON007", Severity.Warning, "RFC 5280 §4.1.2.5");

    /// <summary>Messages of ours are filed worse than before, in two runs of a plan.</summary>
    public static readonly FindingDefinition PlacementFell = new("MON008", Severity.Warning, "RFC 6154 §2");

    /// <summary>Messages of ours no longer come back: not handed in, or not arrived, in two runs of a plan.</summary>
    public static readonly FindingDefinition RoundTripFails = new("MON009", Severity.Error, "RFC 5321 §6.1");

    /// <summary>Points before.</summary>
    public const string BeforeLabel = "before";

    /// <summary>Points now.</summary>
    public const string AfterLabel = "after";

    /// <summary>Share of a lifetime, in percent.</summary>
    public const string UsedLabel = "used";

    /// <summary>A moment, as <see cref="TimeFormat"/>.</summary>
    public const string SinceLabel = "since";

    /// <summary>How moments are written into evidence: people read it too.</summary>
    public const string TimeFormat = "yyyy-MM-dd HH:mm 'UTC'";

    public static FamilyDescriptor Descriptor { get; } = new(
        "own",
        "MON",
        FamilyKind.Dns,
        ImmutableArray.Create(ScoreFell, CertificateLate, NotDetermined, ResolverSilent, RecordChanged, ProfileFails, ProfileCertificate, PlacementFell, RoundTripFails),
        new("MailDashboard.Monitoring.Alerting.Sightings.OwnTexts", typeof(OwnFindings).Assembly));

    /// <summary>Codes of what is our own and behind no domain.</summary>
    internal static ImmutableArray<string> WithoutDomain { get; } = [ResolverSilent.Code, ProfileFails.Code, ProfileCertificate.Code, PlacementFell.Code, RoundTripFails.Code];

    internal static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    internal static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The first number of a piece of evidence; 0 where there is none.</summary>
    internal static double Number(ImmutableArray<Evidence> evidence, string label) =>
        evidence.FirstOrDefault(e => e.Label == label)?.Value.Split(' ')[0] is { } text
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
