using MailDashboard.Monitoring.Persistence;
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

    /// <summary>Something stands between an alert and its reader: the banner is shown.</summary>
    public bool NeedsAttention => !HasProfile || !HasRecipient || !HasDeliveredTest || IsFailing;
}

/// <summary>Tells pages how sending stands.</summary>
public sealed class OutboxStatus(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    public async Task<OutboxHealth> GetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var recent = now - Remembered;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var profile = await db.SmtpProfiles.AsNoTracking().OrderBy(p => p.Id).Select(p => new { p.LastTestOkAt }).FirstOrDefaultAsync(cancellationToken);
        var hasRecipient = await db.AlertRecipients.AnyAsync(r => r.IsEnabled, cancellationToken);
        var waiting = db.Outbox.AsNoTracking().Where(m => m.SentAt == null && m.AbandonedAt == null);
        var count = await waiting.CountAsync(cancellationToken);
        var overdue = now - Patience;
        var failed = await waiting.Where(m => m.Attempts > 0 || m.CreatedAt <= overdue)
            .OrderBy(m => m.CreatedAt).Select(m => new { m.CreatedAt, m.LastError }).FirstOrDefaultAsync(cancellationToken);

        // Given up, and nothing has proved since that its reader can be reached: as good as failing.
        var provenAt = profile?.LastTestOkAt ?? DateTimeOffset.UnixEpoch;
        var lost = await db.Outbox.Where(m => m.AbandonedAt > recent && m.AbandonedAt > provenAt
                && db.AlertRecipients.Any(r => r.IsEnabled && r.Address == m.Recipient)
                && !db.Outbox.Any(later => later.Recipient == m.Recipient && later.SentAt > m.AbandonedAt))
            .OrderBy(m => m.CreatedAt).Select(m => new { m.CreatedAt, m.LastError }).FirstOrDefaultAsync(cancellationToken);
        var abandoned = await db.Outbox.CountAsync(m => m.AbandonedAt > recent, cancellationToken);
        var worst = failed ?? lost;
        return new OutboxHealth(profile is not null, hasRecipient, profile?.LastTestOkAt is not null, worst?.CreatedAt, count, abandoned, worst?.LastError)
        {
            IsFailing = worst?.CreatedAt <= overdue || lost?.CreatedAt <= overdue,
        };
    }
}
