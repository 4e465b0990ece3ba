using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace MailDashboard.Web.Account;

/// <summary>The person may not do that, as of now.</summary>
public sealed class NotAllowedException(string policy) : Exception($"The policy {policy} is not met.")
{
    public string Policy { get; } = policy;
}

/// <summary>
/// Asked by every handler that writes. A circuit lives for hours with the principal it began with, so the roles are read
/// from the database each time: one that was taken away is gone at the next click.
/// </summary>
public sealed class Authorizer(AuthenticationStateProvider authentication, CurrentRoles currentRoles)
{
    /// <summary>Whether the person of this circuit or request may, as of now.</summary>
    public async Task<bool> IsAllowedAsync(string policy, CancellationToken cancellationToken = default)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        var roles = await currentRoles.OfAsync(state.User, cancellationToken);
        return roles is not null && Policies.Roles[policy].Intersect(roles).Any();
    }

    /// <summary>Goes on only where the person may.</summary>
    /// <exception cref="NotAllowedException">The person may not, or no longer.</exception>
    public async Task DemandAsync(string policy, CancellationToken cancellationToken = default)
    {
        if (!await IsAllowedAsync(policy, cancellationToken))
        {
            throw new NotAllowedException(policy);
        }
    }

    /// <summary>How the person is called, for what is kept with a name; empty where nobody is signed in.</summary>
    public async Task<string> UserNameAsync() => (await authentication.GetAuthenticationStateAsync()).User.Identity?.Name ?? "";

    /// <summary>The id of the person, null where nobody is signed in.</summary>
    public async Task<string?> UserIdAsync() =>
        (await authentication.GetAuthenticationStateAsync()).User.FindFirstValue(ClaimTypes.NameIdentifier);
}
