using System.Globalization;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MailDashboard.Web.Account;

/// <summary>A link that lets its bearer choose a password, once.</summary>
/// <param name="IsInvitation">To a first password; else to a new one.</param>
/// <param name="IsMailed">It is on its way to the owner of the account as well.</param>
public sealed record OneTimeLink(string Url, bool IsInvitation, bool IsMailed);

/// <summary>
/// Makes the links behind invitations and forgotten passwords. They go out through the outbox like every other mail, as soon
/// as sending is proven to work; until then an administrator hands them over.
/// </summary>
public sealed class OneTimeLinks(
    People people,
    ProfileStore profiles,
    SettingsStore settings,
    OutboxQueue outbox,
    OutboxStatus outboxStatus,
    IOptions<InvitationTokenOptions> invitations,
    IOptions<DataProtectionTokenProviderOptions> resets,
    TimeProvider time)
{
    public const string InvitationKind = "invitation";
    public const string ResetKind = "password-reset";

    /// <summary>How long an invitation works.</summary>
    public int InvitationDays => (int)invitations.Value.TokenLifespan.TotalDays;

    /// <summary>How long a link to a new password works.</summary>
    public int ResetHours => (int)resets.Value.TokenLifespan.TotalHours;

    /// <summary>Whether a link would reach its reader: a test message went out, mail still does, and links have a base.</summary>
    public async Task<bool> CanBeMailedAsync(CancellationToken cancellationToken) =>
        (await settings.GetAsync(cancellationToken)).PublicUrl is not null
        && await profiles.GetForNoticesAsync(cancellationToken) is { LastTestOkAt: not null }
        && !(await outboxStatus.GetAsync(cancellationToken)).IsFailing;

    /// <summary>Makes the link that the account needs now and mails it where that is possible.</summary>
    /// <param name="userId">Whose account.</param>
    /// <param name="fallbackUrl">Base of the link while no public URL is set: where the administrator is now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null where the account is gone or disabled.</returns>
    public async Task<OneTimeLink?> IssueAsync(string userId, string fallbackUrl, CancellationToken cancellationToken)
    {
        if (await people.PasswordTokenAsync(userId, cancellationToken) is not { } issued)
        {
            return null;
        }

        var current = await settings.GetAsync(cancellationToken);
        var url = Url(current.PublicUrl ?? fallbackUrl.TrimEnd('/'), issued);
        var isMailed = await CanBeMailedAsync(cancellationToken);
        if (isMailed)
        {
            await MailAsync(issued, url, current, Languages.Current, cancellationToken);
        }

        return new OneTimeLink(url, issued.IsInvitation, isMailed);
    }

    /// <summary>Mails the link, in the language of the account, else in the one given.</summary>
    public async Task MailAsync(PasswordToken issued, string url, DashboardSettings current, string otherwise, CancellationToken cancellationToken)
    {
        var language = Languages.IsKnown(issued.User.Language) ? issued.User.Language! : otherwise;
        var culture = CultureInfo.GetCultureInfo(language);
        var address = issued.User.Email!;
        var mail = issued.IsInvitation
            ? new InvitationMail(current.OrganisationName, address, issued.Role, url, InvitationDays).Compose(culture)
            : new PasswordResetMail(current.OrganisationName, url, ResetHours).Compose(culture);
        var now = time.GetUtcNow();
        await outbox.AddAsync(
            new OutboxMessage
            {
                Kind = issued.IsInvitation ? InvitationKind : ResetKind,
                Recipient = address,
                Subject = mail.Subject,
                TextBody = mail.Text,
                HtmlBody = mail.Html,
                MessageId = OutgoingMime.NewMessageId(current.PublicHost),
                Language = language,
                CreatedAt = now,
                NextAttemptAt = now,
            },
            cancellationToken);
    }

    /// <summary>The link as it stands in a mail.</summary>
    public static string Url(string baseUrl, PasswordToken issued) =>
        $"{baseUrl}/{(issued.IsInvitation ? "invitation" : "reset-password")}?user={Uri.EscapeDataString(issued.User.Id)}&token={PasswordResets.Encode(issued.Token)}"
        + (Languages.IsKnown(issued.User.Language) ? $"&{Languages.QueryKey}={issued.User.Language}" : "");
}
