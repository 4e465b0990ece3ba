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

    /// <summary>The same for the rule that came later.</summary>
    private const string SendingDoneKey = "notification-defaults-sending";

    /// <summary>Name until somebody gives it another; pages show it in the reader's language.</summary>
    public const string EmailName = "E-mail";

    internal static async Task EnsureAsync(DashboardContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Settings.AnyAsync(s => s.Key == DoneKey, cancellationToken))
        {
            await AddSendingAsync(db, now, cancellationToken);
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var channel = new NotificationChannel { Kind = ChannelKind.Email, Name = EmailName };
        db.NotificationChannels.Add(channel);
        await db.SaveChangesAsync(cancellationToken);
        await db.AlertRecipients.ExecuteUpdateAsync(s => s.SetProperty(r => r.ChannelId, channel.Id), cancellationToken);
        foreach (var preset in RulePresets.All)
        {
            db.NotificationRules.Add(Rule(preset, [channel.Id], now));
        }

        await db.SaveChangesAsync(cancellationToken);
        await AdoptAsync(db, cancellationToken);
        db.Settings.AddRange(Done(DoneKey, now), Done(SendingDoneKey, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>By every channel: the one that is broken cannot say so.</summary>
    private static async Task AddSendingAsync(DashboardContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Settings.AnyAsync(s => s.Key == SendingDoneKey, cancellationToken))
        {
            return;
        }

        db.NotificationRules.Add(Rule(RulePresets.All.Single(p => p.Key == RulePresets.Sending), await db.NotificationChannels.Select(c => c.Id).ToListAsync(cancellationToken), now));
        db.Settings.Add(Done(SendingDoneKey, now));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static NotificationRule Rule(RulePreset preset, IEnumerable<int> channels, DateTimeOffset now) => new()
    {
        Preset = preset.Key,
        IsEnabled = preset.IsEnabled,
        TermsJson = preset.Terms.Write(),
        ChangedAt = now,
        Channels = [.. channels.Select(c => new RuleChannel { ChannelId = c })],
    };

    private static SettingRow Done(string key, DateTimeOffset now) => new() { Key = key, Value = "1", ChangedAt = now };

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
