using MudBlazor;
using Severity = MailDashboard.Checks.Severity;

namespace MailDashboard.Web.Shared;

/// <summary>How a severity looks: icon, word and colour together, never colour alone.</summary>
/// <param name="Key">Of the word in the texts, and of the class in the style sheet.</param>
public sealed record SeverityLook(string Key, string Icon)
{
    public static SeverityLook Ok { get; } = new("ok", Icons.Material.Filled.CheckCircle);

    /// <summary>Null is all right.</summary>
    public static SeverityLook Of(Severity? severity) => severity switch
    {
        null => Ok,
        Severity.Critical => new("critical", Icons.Material.Filled.Dangerous),
        Severity.Error => new("error", Icons.Material.Filled.Error),
        Severity.Warning => new("warning", Icons.Material.Filled.Warning),
        Severity.Notice => new("notice", Icons.Material.Filled.Info),
        _ => new("info", Icons.Material.Outlined.Info),
    };
}
