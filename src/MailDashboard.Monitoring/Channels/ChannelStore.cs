using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Persistence.Secrets;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Channels;

/// <summary>The channels. Address and key go in and never come out to a page.</summary>
public sealed class ChannelStore(
    IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, SecretProtector secrets, SettingsStore settings, ChangeFeed feed, TimeProvider time)
{
    public async Task<IReadOnlyList<ChannelView>> ListAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - DeadLetters.Shown;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.NotificationChannels.AsNoTracking().OrderBy(c => c.Id).Select(c => new
        {
            Channel = c,
            Recipients = db.AlertRecipients.Count(r => r.ChannelId == c.Id && r.IsEnabled),
            Waiting = db.Outbox.Count(m => m.ChannelId == c.Id && m.SentAt == null && m.AbandonedAt == null),
            GivenUp = db.Outbox.Count(m => m.ChannelId == c.Id && m.AbandonedAt >= since),
        }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => View(r.Channel, r.Recipients, r.Waiting, r.GivenUp))];
    }

    /// <summary>One of them; null where it is gone.</summary>
    public async Task<ChannelView?> GetAsync(int id, CancellationToken cancellationToken) => (await ListAsync(cancellationToken)).FirstOrDefault(c => c.Id == id);

    public Task<ChannelSaved> AddAsync(ChannelKind kind, ChannelDraft draft, CancellationToken cancellationToken) =>
        SaveAsync(new NotificationChannel { Kind = kind, Name = "" }, isNew: true, draft, cancellationToken);

    public Task<ChannelSaved> UpdateAsync(int id, ChannelDraft draft, CancellationToken cancellationToken) =>
        SaveAsync(new NotificationChannel { Id = id, Name = "" }, isNew: false, draft, cancellationToken);

    /// <summary>Switched off, what waits for it is given up.</summary>
    /// <returns>False where it is gone.</returns>
    public Task<bool> SetEnabledAsync(int id, bool isEnabled, CancellationToken cancellationToken) => ChangeAsync(
        async (db, ct) =>
        {
            if (await db.NotificationChannels.FindAsync([id], ct) is not { } channel)
            {
                return false;
            }

            if (channel.IsEnabled != isEnabled)
            {
                // What failed before it was switched off says nothing of now.
                (channel.FailingSince, channel.LastError, channel.WarnedAt) = (null, null, null);
            }

            channel.IsEnabled = isEnabled;
            await db.SaveChangesAsync(ct);
            await OutboxQueue.GiveUpAsync(db, time.GetUtcNow(), ct);
            return true;
        },
        cancellationToken);

    /// <summary>Removes it with its recipients; rules tell by it no longer, and what waits for it is given up.</summary>
    public Task<bool> DeleteAsync(int id, CancellationToken cancellationToken) => ChangeAsync(
        async (db, ct) =>
        {
            var isThere = await db.NotificationChannels.Where(c => c.Id == id).ExecuteDeleteAsync(ct) > 0;
            await db.AlertRecipients.Where(r => r.ChannelId == id).ExecuteDeleteAsync(ct);
            await OutboxQueue.GiveUpAsync(db, time.GetUtcNow(), ct);
            return isThere;
        },
        cancellationToken);

    /// <summary>Where it posts to; null where it is gone, switched off or e-mail.</summary>
    internal async Task<ChannelTarget?> GetTargetAsync(int? id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var channel = await db.NotificationChannels.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.IsEnabled && c.Kind != ChannelKind.Email, cancellationToken);
        return channel is null ? null : Target(channel);
    }

    /// <summary>Keeps what a test showed; what waits is tried at once after one that got through.</summary>
    internal Task RememberTestAsync(int id, Attempt attempt, CancellationToken cancellationToken) => ChangeAsync(
        async (db, ct) =>
        {
            var now = time.GetUtcNow();
            await ChannelHealth.NoteAsync(db, id, attempt, now, ct);
            if (attempt.IsAccepted)
            {
                await TryNowAsync(db, id, now, ct);
            }

            return true;
        },
        cancellationToken);

    /// <summary>The channel itself, for a test.</summary>
    internal async Task<(NotificationChannel Channel, ChannelTarget Target)?> LoadAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var channel = await db.NotificationChannels.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancellationToken);
        return channel is null ? null : (channel, Target(channel));
    }

    /// <summary>What waits need not wait for the end of a pause that belonged to a failure.</summary>
    private static Task<int> TryNowAsync(DashboardContext db, int id, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Outbox.Where(m => m.ChannelId == id && m.SentAt == null && m.AbandonedAt == null && m.NextAttemptAt > now)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.NextAttemptAt, now), cancellationToken);

    private ChannelTarget Target(NotificationChannel channel) => new(
        channel.Kind,
        ChannelRules.Read(secrets.TryUnprotect(SecretProtector.ChannelUrl, channel.ProtectedUrl)),
        secrets.TryUnprotect(SecretProtector.ChannelSecret, channel.ProtectedSecret));

    private ChannelView View(NotificationChannel c, int recipients, int waiting, int givenUp) => new(
        c.Id, c.Kind, c.Name, c.IsEnabled, c.Language, c.UrlHost, Target(c).Url is not null, c.ProtectedSecret is not null,
        c.FailingSince, c.LastOkAt, c.LastError, recipients, waiting, givenUp);

    private async Task<ChannelSaved> SaveAsync(NotificationChannel channel, bool isNew, ChannelDraft draft, CancellationToken cancellationToken)
    {
        var networks = (await settings.GetAsync(cancellationToken)).AllowedNetworks;
        var saved = await writer.WriteAsync(
            async (db, ct) =>
            {
                var stored = isNew ? channel : await db.NotificationChannels.FindAsync([channel.Id], ct);
                if (stored is null)
                {
                    return new ChannelSaved(null, [new(nameof(draft.Name), ChannelFault.Gone)]);
                }

                var problems = ChannelRules.Check(stored.Kind, draft, Target(stored).Url, stored.ProtectedSecret is not null, networks).ToList();
                var name = draft.Name.Trim();
                if ((await db.NotificationChannels.Where(c => c.Id != stored.Id).Select(c => c.Name).ToListAsync(ct)).Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    problems.Add(new(nameof(draft.Name), ChannelFault.Duplicate));
                }

                if (problems.Count > 0)
                {
                    return new ChannelSaved(null, problems);
                }

                // The work may run again after a lost race: what it begins with must not have been changed.
                var row = isNew ? db.NotificationChannels.Add(new NotificationChannel { Kind = channel.Kind, Name = name }).Entity : stored;
                var key = Apply(row, draft);
                await db.SaveChangesAsync(ct);
                await TryNowAsync(db, row.Id, time.GetUtcNow(), ct);
                return new ChannelSaved(row.Id, [], key);
            },
            cancellationToken);
        if (saved.Id is not null)
        {
            feed.Publish(new DashboardChange(null));
        }

        return saved;
    }

    /// <returns>The key that was made; null where none was.</returns>
    private string? Apply(NotificationChannel row, ChannelDraft draft)
    {
        (row.Name, row.Language) = (draft.Name.Trim(), draft.Language == "fr" ? "fr" : "en");
        if (row.Kind == ChannelKind.Email)
        {
            return null;
        }

        var made = row.Kind == ChannelKind.Webhook && string.IsNullOrEmpty(draft.Secret) && (draft.ForgetsSecret || row.ProtectedSecret is null) ? WebhookSignature.NewKey() : null;
        if ((made ?? draft.Secret) is { Length: > 0 } secret)
        {
            row.ProtectedSecret = row.Kind is ChannelKind.Webhook or ChannelKind.Ntfy ? secrets.Protect(SecretProtector.ChannelSecret, secret) : null;
        }
        else if (draft.ForgetsSecret)
        {
            row.ProtectedSecret = null;
        }

        if (ChannelRules.Read(draft.Url) is { } url)
        {
            (row.ProtectedUrl, row.UrlHost) = (secrets.Protect(SecretProtector.ChannelUrl, url.AbsoluteUri), url.IdnHost);

            // What was proven is no longer what is used. That it failed stands until something gets through.
            row.LastOkAt = null;
        }

        return made;
    }

    private async Task<bool> ChangeAsync(Func<DashboardContext, CancellationToken, Task<bool>> change, CancellationToken cancellationToken)
    {
        var isDone = await writer.WriteAsync(change, cancellationToken);
        feed.Publish(new DashboardChange(null));
        return isDone;
    }
}
