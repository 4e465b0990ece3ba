using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.AspNetCore.Authorization;

namespace MailDashboard.Web.Account;

/// <summary>What a page or a handler asks of its user. Every page names one; the default is to refuse.</summary>
public static class Policies
{
    /// <summary>Reads: everybody who is signed in and has a role.</summary>
    public const string View = nameof(View);

    /// <summary>Changes domains, starts checks, handles alerts.</summary>
    public const string Operate = nameof(Operate);

    /// <summary>People and settings.</summary>
    public const string Administer = nameof(Administer);

    /// <summary>One's own account: whoever is signed in, with or without a role.</summary>
    public const string Own = nameof(Own);

    /// <summary>The roles of each policy that asks for one.</summary>
    public static IReadOnlyDictionary<string, string[]> Roles { get; } = new Dictionary<string, string[]>
    {
        [View] = [AppRoles.Viewer, AppRoles.Operator, AppRoles.Administrator],
        [Operate] = [AppRoles.Operator, AppRoles.Administrator],
        [Administer] = [AppRoles.Administrator],
    };

    public static void AddTo(AuthorizationOptions options)
    {
        foreach (var (policy, roles) in Roles)
        {
            options.AddPolicy(policy, p => p.RequireAuthenticatedUser().RequireRole(roles));
        }

        options.AddPolicy(Own, p => p.RequireAuthenticatedUser());
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    }
}
