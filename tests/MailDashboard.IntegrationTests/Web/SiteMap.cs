using System.Reflection;
using System.Text.RegularExpressions;
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
        let path = Parameter().Replace(route.Template.TrimStart('/'), m => m.Value.Contains("Code", StringComparison.Ordinal) ? "SPF003" : "1")
        from tab in path == "domains/1" ? ["", .. Tabs] : path == "settings/channels/add" ? ["?kind=Webhook", "?kind=Email"] : new[] { "" }
        orderby path, tab
        select path + tab;

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
