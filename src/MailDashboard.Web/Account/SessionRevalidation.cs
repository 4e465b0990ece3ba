using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace MailDashboard.Web.Account;

/// <summary>Ends the session of an open page soon after its account lost a role, its password or its permission to sign in.</summary>
internal sealed class SessionRevalidation(ILoggerFactory loggers, CurrentRoles currentRoles, IHostApplicationLifetime lifetime)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    // A program that stops signs nobody out: there is nothing left to ask, and pages come back to the next one.
    // Roles that differ end it too: the next request reads them anew, and signs nobody out.
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        lifetime.ApplicationStopping.IsCancellationRequested || await currentRoles.HoldsAsync(authenticationState.User, cancellationToken);
}
