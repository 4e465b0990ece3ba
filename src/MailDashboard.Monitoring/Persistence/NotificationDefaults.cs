using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>
/// Gives a new database, or one from before there were rules, its channel of e-mail and the shipped rules. Once: what people remove
/// stays removed.
/// </summary>
public static class NotificationDefaults
{
    private const string DoneKey = "notification-defaults";

    /// <summary>Name until somebody gives it another; pages show it in the reader's language.</summary>
    public const string EmailName = "E-mail";

    internal static async Task EnsureAsync(DashboardContext db, DateTimeOffset now, CancellationToken cancellationToken)
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

        await db.SaveChangesAsync(cancellationToken);
        await AdoptAsync(db, cancellationToken);
        db.Settings.Add(new SettingRow { Key = DoneKey, Value = "1", ChangedAt = now });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Alerts from before there were rules: people were told of them, and are to hear of their end.</summary>
    private static async Task AdoptAsync(DashboardContext db, CancellationToken cancellationToken)
    {
        var listings = await db.NotificationRules.Where(r => r.Preset == RulePresets.Listings).Select(r => r.Id).FirstAsync(cancellationToken);
        foreach (var alert in await db.Alerts.Where(a => a.ResolvedAt == null).ToListAsync(cancellationToken))
        {
            (alert.SeenInRow, alert.GoneInRow) = (alert.OpenedAt is null ? 1 : 2, alert.Status == AlertStatus.Resolving ? 1 : 0);
            if (alert.OpenedAt is { } opened)
            {
                db.AlertNotices.Add(new AlertNotice { AlertId = alert.Id, RuleId = listings, ToldAt = opened, LastToldAt = opened });
            }
        }
    }
}
