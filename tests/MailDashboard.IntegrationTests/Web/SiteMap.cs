using System.Reflection;
using System.Text.RegularExpressions;
using MailDashboard.Monitoring.Wizard;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>Every page there is, from the program itself: a new page is visited by itself. Parameters lead to the first of each kind.</summary>
internal static partial class SiteMap
{
    private static readonly string[] Tabs = ["?tab=records", "?tab=details", "?tab=history", "?tab=transcript"];

    /// <summary>Pages that name one of the policies; all that do where none is given.</summary>
    public static IEnumerable<string> Of(params string[] policies) =>
        from type in typeof(Program).Assembly.GetTypes()
        let policy = type.GetCustomAttribute<AuthorizeAttribute>()?.Policy
        where policy is not null && (policies.Length == 0 || policies.Contains(policy))
        from route in type.GetCustomAttributes<RouteAttribute>()
        from path in Concrete(route.Template.TrimStart('/'))
        from tab in path == "domains/1" ? ["", .. Tabs] : path == "settings/channels/add" ? ["?kind=Webhook", "?kind=Email"] : new[] { "" }
        orderby path, tab
        select path + tab;

    /// <summary>Each step of the set-up is a page.</summary>
    private static IEnumerable<string> Concrete(string template) => (template.Contains("{StepName}", StringComparison.Ordinal) ? Enum.GetNames<WizardStep>() : [""]).Select(step =>
        Parameter().Replace(template, m => m.Value == "{StepName}" ? step.ToLowerInvariant() : m.Value.Contains("Code", StringComparison.Ordinal) ? "SPF003" : "1"));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
