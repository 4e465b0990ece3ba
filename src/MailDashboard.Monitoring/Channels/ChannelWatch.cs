using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Channels;

/// <summary>Tells by the other channels that one has failed for an hour, and that it works again.</summary>
public sealed partial class ChannelWatch(
    DatabaseStartup database, DatabaseWriter writer, SettingsStore settings, ChangeFeed feed, TimeProvider time, ILogger<ChannelWatch> log) : DatabaseWorker(database, time)
{
    /// <summary>Stored for e-mail that waits without a profile to go by.</summary>
    public const string NoProfile = "there is no sending profile";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Looks at every channel once. Two processes that do so at a time tell it once.</summary>
    /// <returns>How many messages were written.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var current = await settings.GetAsync(cancellationToken);
        var written = await writer.WriteAsync((db, ct) => WriteAsync(db, current, ct), cancellationToken);
        if (written > 0)
        {
            feed.Publish(new DashboardChange(null));
        }

        return written;
    }

    protected override TimeSpan AfterFailure => Pause;

    protected override async Task<TimeSpan> RoundAsync(CancellationToken stoppingToken)
    {
        await RunAsync(stoppingToken);
        return Pause;
    }

    private async Task<int> WriteAsync(DashboardContext db, DashboardSettings current, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var hasProfile = await db.SmtpProfiles.AnyAsync(cancellationToken);
        if (!hasProfile)
        {
            await MailWithoutProfileAsync(db, cancellationToken);
        }

        var channels = await db.NotificationChannels.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancellationToken);
        var written = 0;
        foreach (var channel in channels)
        {
            var news = ChannelDecision.Decide(channel.IsEnabled, channel.FailingSince, channel.WarnedAt, now);
            var others = channels.Where(c => c.Id != channel.Id && c.IsEnabled && c.FailingSince is null && (c.Kind != ChannelKind.Email || hasProfile)).ToList();
            if (news != ChannelNews.Nothing)
            {
                written += await TellAsync(db, channel, news, others, current, now, cancellationToken);
            }
        }

        return written;
    }

    /// <summary>Nobody tries to send without a profile, so that no attempt says it: what waits does.</summary>
    private static async Task MailWithoutProfileAsync(DashboardContext db, CancellationToken cancellationToken)
    {
        var oldest = await db.Outbox.Where(m => m.SentAt == null && m.AbandonedAt == null && db.NotificationChannels.Any(c => c.Id == m.ChannelId && c.Kind == ChannelKind.Email))
            .MinAsync(m => (DateTimeOffset?)m.CreatedAt, cancellationToken);
        if (oldest is { } since)
        {
            await ChannelHealth.FailAsync(ChannelHealth.Mail(db).Where(c => c.FailingSince == null), since, NoProfile, cancellationToken);
        }
    }

    private static async Task<int> TellAsync(
        DashboardContext db, NotificationChannel about, ChannelNews news, List<NotificationChannel> others, DashboardSettings current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = new List<OutboxMessage>();
        if (news != ChannelNews.Forget)
        {
            var waiting = await db.Outbox.CountAsync(m => m.ChannelId == about.Id && m.SentAt == null && m.AbandonedAt == null, cancellationToken);
            var words = new ChannelNewsWriter(about, news, waiting, current, now);
            rows.AddRange(others.Where(c => c.Kind != ChannelKind.Email).Select(words.Post));
            foreach (var mail in others.Where(c => c.Kind == ChannelKind.Email))
            {
                var recipients = await db.AlertRecipients.AsNoTracking().Where(r => r.ChannelId == mail.Id && r.IsEnabled).OrderBy(r => r.Id).ToListAsync(cancellationToken);
                rows.AddRange(recipients.Select(r => words.Mail(mail, r)));
            }

            if (rows.Count == 0 && news == ChannelNews.Fails)
            {
                // The pages say it meanwhile; it is told as soon as there is somebody to tell.
                return 0;
            }
        }

        var isOurs = await db.NotificationChannels.Where(c => c.Id == about.Id && c.WarnedAt == about.WarnedAt)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.WarnedAt, news == ChannelNews.Fails ? now : null), cancellationToken) > 0;
        if (!isOurs)
        {
            return 0;
        }

        db.Outbox.AddRange(rows);
        return rows.Count;
    }

    [LoggerMessage(410, LogLevel.Warning, "The channels could not be looked at; trying again")]
    protected override partial void LogFailed(Exception exception);
}
