using System.Globalization;
using MailDashboard.Checks.Compliance;
using MailDashboard.Web.Domains;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Compliance;

/// <summary>Sentences about requirements and reasons.</summary>
internal static class ComplianceWords
{
    /// <summary>What needs somebody comes first, what does not concern the domain last; what cannot be measured needs a look elsewhere.</summary>
    public static int Rank(ComplianceStatus status) => status switch
    {
        ComplianceStatus.NotMet => 5,
        ComplianceStatus.AtRisk => 4,
        ComplianceStatus.Undetermined => 3,
        ComplianceStatus.Met => 2,
        ComplianceStatus.NotMeasurable => 1,
        _ => 0,
    };

    /// <summary>Whom a requirement concerns.</summary>
    public static string Applies(ProviderRequirement requirement, IStringLocalizer<ComplianceTexts> texts) =>
        requirement.From > 0 ? texts.Count("Applies.From", requirement.From) : requirement.IsForBulk ? texts["Applies.Bulk"] : texts["Applies.All"];

    /// <summary>A reason in the reader's language; one that is a finding is shown as such instead.</summary>
    public static string Sentence(ComplianceReason reason, IStringLocalizer<ComplianceTexts> texts)
    {
        var family = reason.Family is null ? "" : FamilyCatalogue.Name(reason.Family);
        var why = reason is { Family: not null, Why: not null } ? FamilyCatalogue.Sentence(reason.Family, reason.Why) : null;
        return reason.Cause switch
        {
            ComplianceCause.Inconclusive or ComplianceCause.NothingToSee when why is not null => texts["Cause.Because", family, why],
            ComplianceCause.BelowVolume or ComplianceCause.VolumeNotStated => texts.Count($"Cause.{reason.Cause}", reason.Number),
            ComplianceCause.ListSilent or ComplianceCause.ListOff or ComplianceCause.Port => texts[$"Cause.{reason.Cause}", reason.Name ?? ""],
            _ => texts[$"Cause.{reason.Cause}", family],
        };
    }

    /// <summary>Month and year of reading, as the reader writes them.</summary>
    public static string Month(string read) =>
        DateTime.TryParseExact(read, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month.ToString("MMMM yyyy", CultureInfo.CurrentCulture) : read;
}
