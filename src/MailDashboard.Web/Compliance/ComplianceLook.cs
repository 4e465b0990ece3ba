using MailDashboard.Checks.Compliance;
using MudBlazor;

namespace MailDashboard.Web.Compliance;

/// <summary>How a status looks: icon, word and colour together, never colour alone.</summary>
/// <param name="Class">Of the style sheet.</param>
internal sealed record ComplianceLook(string Class, string Icon)
{
    public static ComplianceLook Of(ComplianceStatus status) => status switch
    {
        ComplianceStatus.Met => new("ok", Icons.Material.Filled.CheckCircle),
        ComplianceStatus.AtRisk => new("warning", Icons.Material.Filled.Warning),
        ComplianceStatus.NotMet => new("error", Icons.Material.Filled.Error),
        ComplianceStatus.Undetermined => new("unknown", Icons.Material.Outlined.HelpOutline),
        ComplianceStatus.NotMeasurable => new("info", Icons.Material.Outlined.VisibilityOff),
        _ => new("info", Icons.Material.Outlined.RemoveCircleOutline),
    };
}
