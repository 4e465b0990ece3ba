using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using PlacementKind = MailDashboard.Monitoring.Persistence.Entities.Placement;

namespace MailDashboard.Monitoring.Placement;

/// <summary>Notes where the messages of runs were filed, and has them taken out: at once, or by a sweep, at start and every hour, for two days.</summary>
public sealed class PlacementWork(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, ChangeFeed feed, TimeProvider time) : IMailboxWork
{
    private const int MostAtOnce = 50;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(20);

    private readonly MailboxSweeps _sweeps = new(time);

    public async Task<IReadOnlyCollection<int>> MailboxesAsync(CancellationToken cancellationToken)
    {
        var (since, swept) = (_sweeps.Since, _sweeps.Clean);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.PlacementResults
            .Where(r => r.SentAt != null && (r.Placement == PlacementKind.Waiting || (r.RemovedAt == null && r.SentAt > since && !swept.Contains(r.MailboxId))))
            .Select(r => r.MailboxId).Distinct().ToListAsync(cancellationToken);
    }

    public async Task<MailboxWanted> WantedAsync(int mailboxId, CancellationToken cancellationToken) =>
        new([.. (await WaitingAsync(mailboxId, cancellationToken)).Select(r => Query(r.Result))], Whole: false);

    public async Task<IReadOnlyCollection<MailboxQuery>> TakeAsync(Mailbox mailbox, MailboxLook look, CancellationToken cancellationToken)
    {
        var found = new List<MailboxQuery>();
        foreach (var (result, until) in await WaitingAsync(mailbox.Id, cancellationToken))
        {
            if (look.Found.TryGetValue(Query(result), out var message))
            {
                found.Add(Query(result));
                await FoundAsync(result.Id, message, cancellationToken);
            }
            else if (PlacementRules.NotFound(look.IsComplete, mailbox.Protocol == MailboxProtocol.Imap, time.GetUtcNow() >= until) is { } placement)
            {
                // A process was killed while it sent: nobody knows whether the message is on its way.
                placement = result.Problem == PlacementRounds.Sending ? PlacementKind.Unknown : placement;
                var problem = placement == PlacementKind.Unknown && !look.IsComplete ? look.Stage.ToString() : null;
                await SetAsync(result.Id, s => s.SetProperty(r => r.Placement, placement).SetProperty(r => r.Problem, problem), cancellationToken);
            }
        }

        return look.IsComplete ? [.. found, .. await LeftoversAsync(mailbox.Id, cancellationToken)] : found;
    }

    public async Task RemovedAsync(Mailbox mailbox, IReadOnlyCollection<MailboxQuery> removed, CancellationToken cancellationToken)
    {
        var (now, ids) = (time.GetUtcNow(), removed.OfType<MailboxQuery.MessageId>().Select(q => q.Id).ToList());
        _sweeps.Done(mailbox.Id);
        await writer.WriteAsync(
            (db, ct) => db.PlacementResults
                .Where(r => r.MailboxId == mailbox.Id && ids.Contains(r.MessageId) && (r.Placement == PlacementKind.Inbox || r.Placement == PlacementKind.Spam || r.Placement == PlacementKind.Elsewhere))
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.RemovedAt, now), ct),
            cancellationToken);
    }

    public async Task<DateTimeOffset?> NextAsync(int mailboxId, CancellationToken cancellationToken) =>
        (await WaitingAsync(mailboxId, cancellationToken)).Count == 0 ? null : time.GetUtcNow() + Pace;

    private static MailboxQuery.MessageId Query(PlacementResult result) => new(result.MessageId);

    private async Task<List<(PlacementResult Result, DateTimeOffset Until)>> WaitingAsync(int mailboxId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = await db.PlacementResults.AsNoTracking().Where(r => r.MailboxId == mailboxId && r.Placement == PlacementKind.Waiting && r.SentAt != null)
            .OrderBy(r => r.Id).Take(MostAtOnce)
            .Select(r => new { Result = r, Until = db.PlacementRuns.Where(x => x.Id == r.RunId).Select(x => x.Until).First() }).ToListAsync(cancellationToken);
        return [.. waiting.Select(w => (w.Result, w.Until))];
    }

    private async Task<IReadOnlyList<MailboxQuery>> LeftoversAsync(int mailboxId, CancellationToken cancellationToken)
    {
        if (!_sweeps.IsDue(mailboxId))
        {
            return [];
        }

        var since = _sweeps.Since;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await db.PlacementResults.Where(r => r.MailboxId == mailboxId && r.RemovedAt == null && r.SentAt > since && r.Placement != PlacementKind.Waiting)
            .OrderByDescending(r => r.Id).Take(MostAtOnce).Select(r => r.MessageId).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            _sweeps.Done(mailboxId);
        }

        return [.. ids.Select(id => new MailboxQuery.MessageId(id))];
    }

    private Task FoundAsync(int id, FoundMessage message, CancellationToken cancellationToken)
    {
        var (placement, folder, arrivedAt) = (PlacementRules.Of(message.Kind), message.Folder, message.ArrivedAt ?? time.GetUtcNow());
        var headers = PlacementHeaders.Write(PlacementHeaders.Read(message.Header));
        return SetAsync(
            id,
            s => s.SetProperty(r => r.Placement, placement).SetProperty(r => r.Folder, folder).SetProperty(r => r.ArrivedAt, arrivedAt).SetProperty(r => r.HeadersJson, headers)
                .SetProperty(r => r.Problem, (string?)null),
            cancellationToken);
    }

    private async Task SetAsync(int id, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<PlacementResult>> set, CancellationToken cancellationToken)
    {
        await writer.WriteAsync((db, ct) => db.PlacementResults.Where(r => r.Id == id && r.Placement == PlacementKind.Waiting).ExecuteUpdateAsync(set, ct), cancellationToken);
        feed.Publish(new DashboardChange(null));
    }
}
