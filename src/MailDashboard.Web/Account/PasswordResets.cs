using System.Text;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Web.Account;

/// <summary>Forgotten passwords, by e-mail. Nothing that is answered tells whether an account exists.</summary>
public sealed class PasswordResets(
    IServiceScopeFactory scopes,
    IDbContextFactory<DashboardContext> contexts,
    SettingsStore settings,
    People people,
    OneTimeLinks links,
    TimeProvider time)
{
    // Else anybody could fill somebody's mailbox.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>Queues a link for the owner of the address, if there is one who may sign in.</summary>
    /// <param name="email">As typed.</param>
    /// <param name="language">Of the page: the mail's language where the account has none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task RequestAsync(string email, string language, CancellationToken cancellationToken)
    {
        var current = await settings.GetAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (current.PublicUrl is not { } publicUrl
            || await OwnerAsync(email, now) is not { Email: { } address } user
            || await people.PasswordTokenAsync(user.Id, cancellationToken) is not { } issued
            || await WasSentLatelyAsync(address, issued.IsInvitation ? OneTimeLinks.InvitationKind : OneTimeLinks.ResetKind, now, cancellationToken))
        {
            return;
        }

        await links.MailAsync(issued, OneTimeLinks.Url(publicUrl, issued), current, language, cancellationToken);
    }

    /// <summary>A token as it stands in a link.</summary>
    public static string Encode(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));

    /// <summary>Reads what <see cref="Encode"/> wrote; nonsense becomes a token that fits nothing.</summary>
    public static string Decode(string? text)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text ?? ""));
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private async Task<AppUser?> OwnerAsync(string email, DateTimeOffset now)
    {
        await using var scope = scopes.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync(email);
        return user is null || AccountState.IsDisabled(user, now) ? null : user;
    }

    private async Task<bool> WasSentLatelyAsync(string address, string kind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Pause;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Outbox.AnyAsync(m => m.Kind == kind && m.Recipient == address && m.CreatedAt > since, cancellationToken);
    }
}
