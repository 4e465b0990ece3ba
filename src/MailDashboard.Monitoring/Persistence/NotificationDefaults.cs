using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>
/// Gives a new database, or one from before there were rules, its channel of e-mail and the shipped rules. Once: what people remove
/// stays removed.
/// </summary>
internal static class NotificationDefaults
{
    private const string DoneKey = "notification-defaults";

    /// <summary>Name until somebody gives it another; pages show it in the reader's language.</summary>
    public const string EmailName = "E-mail";

    public static async Task EnsureAsync(DashboardContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Settings.AnyAsync(s => s.Key == DoneKey, cancellationToken))
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var channel = new NotificationChannel { Kind = ChannelKind.Email, Name = EmailName };
        db.NotificationChannels.Add(channel);
        await db.SaveChangesAsync(cancellationToken);
        await db.AlertRecipients.ExecuteUpdateAsync(s => s.SetProperty(r => r.ChannelId, channel.Id), cancellationToken);
        foreach (var preset in RulePresets.All)
        {
            db.NotificationRules.Add(new NotificationRule
            {
                Preset = preset.Key,
                IsEnabled = preset.IsEnabled,
                TermsJson = preset.Terms.Write(),
                ChangedAt = now,
                Channels = [new RuleChannel { ChannelId = channel.Id }],
            });
        }

        db.Settings.Add(new SettingRow { Key = DoneKey, Value = "1", ChangedAt = now });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
