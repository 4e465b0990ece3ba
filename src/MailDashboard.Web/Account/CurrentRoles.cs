using System.Security.Claims;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MailDashboard.Web.Account;

/// <summary>What the database says about the bearer of a principal.</summary>
public sealed class CurrentRoles(IServiceScopeFactory scopes, IOptions<IdentityOptions> options, TimeProvider time)
{
    /// <summary>The roles as of now; null where the account is gone, disabled, or its password was changed since sign-in.</summary>
    public async Task<IReadOnlySet<string>?> OfAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.Identity?.IsAuthenticated != true)
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        cancellationToken.ThrowIfCancellationRequested();
        var user = await users.GetUserAsync(principal);
        var stamp = principal.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
        if (user is null || user.SecurityStamp != stamp || AccountState.IsDisabled(user, time.GetUtcNow()))
        {
            return null;
        }

        return (await users.GetRolesAsync(user)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether the principal still is what the database says.</summary>
    /// <remarks>A database that does not answer takes nothing away: meanwhile nothing can be read or written, and what somebody is typing stays.</remarks>
    public async Task<bool> HoldsAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        try
        {
            var roles = await OfAsync(principal, cancellationToken);
            return roles is not null && roles.SetEquals(StatedBy(principal));
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            return true;
        }
    }

    /// <summary>The roles that the principal itself states.</summary>
    public IReadOnlySet<string> StatedBy(ClaimsPrincipal principal) =>
        principal.FindAll(options.Value.ClaimsIdentity.RoleClaimType).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
}
