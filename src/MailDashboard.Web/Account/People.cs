using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Web.Account;

/// <summary>A person as the list shows it.</summary>
public sealed record Person(
    string Id, string Email, string? FullName, string? Role, bool IsDisabled, bool IsInvited, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt);

/// <summary>Lets the owner of an account choose a password.</summary>
/// <param name="IsInvitation">The account has none yet.</param>
public sealed record PasswordToken(AppUser User, string Role, string Token, bool IsInvitation);

/// <summary>How a change of people ended.</summary>
public abstract record PeopleResult
{
    private PeopleResult()
    {
    }

    public sealed record Done(string UserId) : PeopleResult;

    /// <summary>Refused, with the codes of the reasons (<c>Identity.{code}</c> in the texts).</summary>
    public sealed record Refused(IReadOnlyList<string> Reasons) : PeopleResult;

    internal static PeopleResult Refuse(params string[] reasons) => new Refused(reasons);

    internal static PeopleResult From(IdentityResult result, AppUser user) =>
        result.Succeeded ? new Done(user.Id) : new Refused([.. result.Errors.Select(e => e.Code)]);
}

/// <summary>
/// Creates accounts and changes what they may do. One change at a time, so that two administrators who demote each
/// other at the same moment cannot leave the dashboard without one.
/// </summary>
public sealed class People(IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Everybody, by address.</summary>
    public Task<IReadOnlyList<Person>> ListAsync(CancellationToken cancellationToken) => InScopeAsync<IReadOnlyList<Person>>(async users =>
    {
        var now = time.GetUtcNow();
        var people = new List<Person>();
        foreach (var user in await users.Users.OrderBy(u => u.NormalizedEmail).ToListAsync(cancellationToken))
        {
            var role = (await users.GetRolesAsync(user)).OrderBy(r => AppRoles.All.ToList().IndexOf(r)).FirstOrDefault();
            people.Add(new Person(
                user.Id, user.Email ?? "", user.FullName, role, AccountState.IsDisabled(user, now), user.PasswordHash is null, user.CreatedAt, user.LastSignInAt));
        }

        return people;
    });

    /// <summary>Creates an account. Without a password its owner sets one through an invitation.</summary>
    public Task<PeopleResult> CreateAsync(string email, string? fullName, string role, string? password, string? language, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (users, roles) =>
            {
                var user = new AppUser
                {
                    UserName = email,
                    Email = email,
                    EmailConfirmed = true,
                    FullName = string.IsNullOrWhiteSpace(fullName) ? null : fullName.Trim(),
                    Language = language,
                    CreatedAt = time.GetUtcNow(),
                };
                var created = password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, password);
                if (!created.Succeeded)
                {
                    return PeopleResult.From(created, user);
                }

                await EnsureRoleAsync(roles, role);
                return PeopleResult.From(await users.AddToRoleAsync(user, role), user);
            },
            cancellationToken);

    /// <summary>Gives one role and takes the others.</summary>
    public Task<PeopleResult> SetRoleAsync(string actorId, string userId, string role, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (users, roles) =>
            {
                if (await users.FindByIdAsync(userId) is not { } user)
                {
                    return PeopleResult.Refuse("UserNotFound");
                }

                if (role != AppRoles.Administrator && await RefusalToLoseAsync(users, actorId, user) is { } refusal)
                {
                    return refusal;
                }

                await EnsureRoleAsync(roles, role);
                var current = await users.GetRolesAsync(user);
                var removed = await users.RemoveFromRolesAsync(user, current.Where(r => r != role));
                return !removed.Succeeded || current.Contains(role)
                    ? PeopleResult.From(removed, user)
                    : PeopleResult.From(await users.AddToRoleAsync(user, role), user);
            },
            cancellationToken);

    /// <summary>Ends somebody's access at once, or gives it back.</summary>
    public Task<PeopleResult> SetDisabledAsync(string actorId, string userId, bool disabled, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (users, _) =>
            {
                if (await users.FindByIdAsync(userId) is not { } user)
                {
                    return PeopleResult.Refuse("UserNotFound");
                }

                if (disabled && await RefusalToLoseAsync(users, actorId, user) is { } refusal)
                {
                    return refusal;
                }

                var locked = await users.SetLockoutEndDateAsync(user, disabled ? AccountState.DisabledUntil : null);
                if (locked.Succeeded)
                {
                    await users.UpdateSecurityStampAsync(user);
                }

                return PeopleResult.From(locked, user);
            },
            cancellationToken);

    /// <summary>Deletes an account.</summary>
    public Task<PeopleResult> RemoveAsync(string actorId, string userId, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (users, _) =>
            {
                if (await users.FindByIdAsync(userId) is not { } user)
                {
                    return PeopleResult.Refuse("UserNotFound");
                }

                return await RefusalToLoseAsync(users, actorId, user) ?? PeopleResult.From(await users.DeleteAsync(user), user);
            },
            cancellationToken);

    /// <summary>A token with which the owner of an account chooses a password; null for one that is gone or disabled.</summary>
    public Task<PasswordToken?> PasswordTokenAsync(string userId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return InScopeAsync<PasswordToken?>(async users =>
        {
            if (await users.FindByIdAsync(userId) is not { } user || AccountState.IsDisabled(user, time.GetUtcNow()))
            {
                return null;
            }

            var roles = await users.GetRolesAsync(user);
            var token = user.PasswordHash is null
                ? await users.GenerateUserTokenAsync(user, InvitationTokens.Provider, InvitationTokens.Purpose)
                : await users.GeneratePasswordResetTokenAsync(user);
            return new PasswordToken(user, AppRoles.All.FirstOrDefault(roles.Contains) ?? AppRoles.Viewer, token, user.PasswordHash is null);
        });
    }

    /// <summary>Whether the token of a link still fits: asked before somebody thinks up a password in vain.</summary>
    public Task<bool> FitsAsync(string userId, string token, bool isInvitation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return InScopeAsync(async users =>
            await users.FindByIdAsync(userId) is { } user
            && !AccountState.IsDisabled(user, time.GetUtcNow())
            && (isInvitation
                ? user.PasswordHash is null && await users.VerifyUserTokenAsync(user, InvitationTokens.Provider, InvitationTokens.Purpose, token)
                : await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<AppUser>.ResetPasswordTokenPurpose, token)));
    }

    /// <summary>Uses the token of a link to a new password; sessions of the old one end, and a lock-out too.</summary>
    public Task<PeopleResult> ResetPasswordAsync(string userId, string token, string password, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (users, _) =>
            {
                if (await users.FindByIdAsync(userId) is not { } user || AccountState.IsDisabled(user, time.GetUtcNow()))
                {
                    return PeopleResult.Refuse("InvalidToken");
                }

                var result = await users.ResetPasswordAsync(user, token, password);
                if (result.Succeeded)
                {
                    await users.SetLockoutEndDateAsync(user, null);
                    await users.ResetAccessFailedCountAsync(user);
                }

                return PeopleResult.From(result, user);
            },
            cancellationToken);

    /// <summary>Uses the token of an invitation.</summary>
    public Task<PeopleResult> AcceptInvitationAsync(string userId, string token, string password, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (users, _) =>
                await users.FindByIdAsync(userId) is { PasswordHash: null } user
                && !AccountState.IsDisabled(user, time.GetUtcNow())
                && await users.VerifyUserTokenAsync(user, InvitationTokens.Provider, InvitationTokens.Purpose, token)
                    ? PeopleResult.From(await users.AddPasswordAsync(user, password), user)
                    : PeopleResult.Refuse("InvalidToken"),
            cancellationToken);

    /// <summary>Changes what a person may change about their own account.</summary>
    public Task<PeopleResult> UpdateAsync(string userId, Action<AppUser> change, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (users, _) =>
            {
                if (await users.FindByIdAsync(userId) is not { } user)
                {
                    return PeopleResult.Refuse("UserNotFound");
                }

                change(user);
                return PeopleResult.From(await users.UpdateAsync(user), user);
            },
            cancellationToken);

    /// <summary>Somebody's own account.</summary>
    public Task<AppUser?> FindAsync(string userId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return InScopeAsync(users => users.FindByIdAsync(userId));
    }

    public void Dispose() => _gate.Dispose();

    internal static async Task EnsureRoleAsync(RoleManager<IdentityRole> roles, string role)
    {
        if (!await roles.RoleExistsAsync(role))
        {
            await roles.CreateAsync(new IdentityRole(role));
        }
    }

    private async Task<PeopleResult?> RefusalToLoseAsync(UserManager<AppUser> users, string actorId, AppUser user)
    {
        if (!await users.IsInRoleAsync(user, AppRoles.Administrator))
        {
            return null;
        }

        if (user.Id == actorId)
        {
            return PeopleResult.Refuse("OwnAdministratorRole");
        }

        var now = time.GetUtcNow();
        var others = (await users.GetUsersInRoleAsync(AppRoles.Administrator))
            .Count(u => u.Id != user.Id && u.PasswordHash is not null && !AccountState.IsDisabled(u, now));
        return others == 0 ? PeopleResult.Refuse("LastAdministrator") : null;
    }

    private async Task<PeopleResult> ChangeAsync(
        Func<UserManager<AppUser>, RoleManager<IdentityRole>, Task<PeopleResult>> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await change(
                scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>(),
                scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>());
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<T> InScopeAsync<T>(Func<UserManager<AppUser>, Task<T>> ask)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>());
    }
}
