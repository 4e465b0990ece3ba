using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Outbox;

/// <summary>Whether alerts would reach anybody.</summary>
/// <param name="HasProfile">A profile is set up.</param>
/// <param name="HasRecipient">Somebody is to be told.</param>
/// <param name="HasDeliveredTest">A test message went out through the profile as it is now.</param>
/// <param name="FailingSince">Since when the oldest message that nobody got is waiting, or was until it was given up; null where sending works.</param>
/// <param name="WaitingCount">Messages not sent yet.</param>
/// <param name="AbandonedCount">Messages given up within the last seven days.</param>
/// <param name="LastError">What failed last.</param>
public sealed record OutboxHealth(
    bool HasProfile,
    bool HasRecipient,
    bool HasDeliveredTest,
    DateTimeOffset? FailingSince,
    int WaitingCount,
    int AbandonedCount,
    string? LastError)
{
    /// <summary>The outbox has failed for an hour or more.</summary>
    public required bool IsFailing { get; init; }

    /// <summary>A rule tells by e-mail, or nothing else has proved that it would reach anybody.</summary>
    public bool NeedsMail { get; init; } = true;

    /// <summary>Channels, other than e-mail, by which nothing has got through for an hour.</summary>
    public IReadOnlyList<FailingChannel> FailingChannels { get; init; } = [];

    /// <summary>Something stands between an alert and its reader: the banner is shown.</summary>
    public bool NeedsAttention => (NeedsMail && (!HasProfile || !HasRecipient || !HasDeliveredTest)) || IsFailing || FailingChannels.Count > 0;
}

/// <summary>A channel by which nothing gets through.</summary>
public sealed record FailingChannel(int Id, string Name, DateTimeOffset Since);

/// <summary>Tells pages how sending stands.</summary>
public sealed class OutboxStatus(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    public async Task<OutboxHealth> GetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var recent = now - Remembered;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var profile = await ProfileStore.ForNotices(db.SmtpProfiles.AsNoTracking()).Select(p => new { p.LastTestOkAt }).FirstOrDefaultAsync(cancellationToken);
        var hasRecipient = await db.AlertRecipients.AnyAsync(r => r.IsEnabled && db.NotificationChannels.Any(c => c.Id == r.ChannelId && c.IsEnabled), cancellationToken);
        var waiting = db.Outbox.AsNoTracking().Where(m => m.SentAt == null && m.AbandonedAt == null);
        var count = await waiting.CountAsync(cancellationToken);
        var overdue = now - ChannelDecision.Patience;
        var failed = await waiting.Where(m => m.PayloadJson == null).Where(m => m.Attempts > 0 || m.CreatedAt <= overdue)
            .OrderBy(m => m.CreatedAt).Select(m => new { m.CreatedAt, m.LastError }).FirstOrDefaultAsync(cancellationToken);

        // Given up, and nothing has proved since that its reader can be reached: as good as failing.
        var provenAt = profile?.LastTestOkAt ?? DateTimeOffset.UnixEpoch;
        var lost = await db.Outbox.Where(m => m.PayloadJson == null && m.AbandonedAt > recent && m.AbandonedAt > provenAt
                && db.AlertRecipients.Any(r => r.IsEnabled && r.Address == m.Recipient)
                && !db.Outbox.Any(later => later.Recipient == m.Recipient && later.SentAt > m.AbandonedAt))
            .OrderBy(m => m.CreatedAt).Select(m => new { m.CreatedAt, m.LastError }).FirstOrDefaultAsync(cancellationToken);
        var abandoned = await db.Outbox.CountAsync(m => m.AbandonedAt > recent, cancellationToken);
        var worst = failed ?? lost;
        return new OutboxHealth(profile is not null, hasRecipient, profile?.LastTestOkAt is not null, worst?.CreatedAt, count, abandoned, worst?.LastError)
        {
            IsFailing = worst?.CreatedAt <= overdue || lost?.CreatedAt <= overdue,
            NeedsMail = await NeedsMailAsync(db, cancellationToken),
            FailingChannels = await db.NotificationChannels.Where(c => c.IsEnabled && c.Kind != ChannelKind.Email && c.FailingSince <= overdue)
                .OrderBy(c => c.FailingSince).Select(c => new FailingChannel(c.Id, c.Name, c.FailingSince!.Value)).ToListAsync(cancellationToken),
        };
    }

    private static async Task<bool> NeedsMailAsync(DashboardContext db, CancellationToken cancellationToken)
    {
        var enabled = db.NotificationChannels.Where(c => c.IsEnabled);
        return !await enabled.AnyAsync(c => c.Kind != ChannelKind.Email && c.LastOkAt != null, cancellationToken)
            || await db.NotificationRules.AnyAsync(r => r.IsEnabled && r.Channels.Any(t => enabled.Any(c => c.Id == t.ChannelId && c.Kind == ChannelKind.Email)), cancellationToken);
    }
}
