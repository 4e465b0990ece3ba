using System.Globalization;
using System.Text;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MailDashboard.Web.Account;

/// <summary>Forgotten passwords, by e-mail. Nothing that is answered tells whether an account exists.</summary>
public sealed class PasswordResets(
    IServiceScopeFactory scopes,
    IDbContextFactory<DashboardContext> contexts,
    ProfileStore profiles,
    SettingsStore settings,
    OutboxQueue outbox,
    IOptions<DataProtectionTokenProviderOptions> tokens,
    TimeProvider time)
{
    public const string MailKind = "password-reset";

    // Else anybody could fill somebody's mailbox.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>Whether mail can be sent at all: a profile and the address of the dashboard are known.</summary>
    public async Task<bool> IsPossibleAsync(CancellationToken cancellationToken) =>
        await profiles.GetAsync(cancellationToken) is not null && (await settings.GetAsync(cancellationToken)).PublicUrl is not null;

    /// <summary>Queues a link for the owner of the address, if there is one who may sign in.</summary>
    public async Task RequestAsync(string email, CancellationToken cancellationToken)
    {
        var current = await settings.GetAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var now = time.GetUtcNow();
        if (current.PublicUrl is not { } publicUrl
            || await users.FindByEmailAsync(email) is not { Email: { } address } user
            || AccountState.IsDisabled(user, now)
            || await WasSentLatelyAsync(address, now, cancellationToken))
        {
            return;
        }

        var token = Encode(await users.GeneratePasswordResetTokenAsync(user));
        var link = $"{publicUrl}/reset-password?user={Uri.EscapeDataString(user.Id)}&token={token}";
        var culture = CultureInfo.GetCultureInfo(Languages.IsKnown(user.Language) ? user.Language! : "en");
        var mail = new PasswordResetMail(current.OrganisationName, link, (int)tokens.Value.TokenLifespan.TotalHours).Compose(culture);
        await outbox.AddAsync(
            new OutboxMessage
            {
                Kind = MailKind,
                Recipient = address,
                Subject = mail.Subject,
                TextBody = mail.Text,
                HtmlBody = mail.Html,
                MessageId = OutgoingMime.NewMessageId(current.PublicHost),
                CreatedAt = now,
                NextAttemptAt = now,
            },
            cancellationToken);
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

    private async Task<bool> WasSentLatelyAsync(string address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Pause;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Outbox.AnyAsync(m => m.Kind == MailKind && m.Recipient == address && m.CreatedAt > since, cancellationToken);
    }
}
