using System.Collections.Frozen;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Monitoring.Alerting.Sightings;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>Which kind of audit looks at what an alert is about.</summary>
internal static class AlertKinds
{
    private static readonly FrozenDictionary<string, FamilyKind> ByFamily = CheckFamilies.All.ToFrozenDictionary(f => f.Descriptor.Id, f => f.Descriptor.Kind);

    /// <summary>Families that follow from what is remembered are judged with every audit: DNS is the cheapest.</summary>
    public static FamilyKind Of(string family, string code) =>
        code == OwnFindings.CertificateLate.Code ? FamilyKind.Connection : ByFamily.GetValueOrDefault(family, FamilyKind.Dns);
}
