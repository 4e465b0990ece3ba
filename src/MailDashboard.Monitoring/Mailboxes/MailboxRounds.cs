using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Mailboxes;

/// <summary>
/// Looks into the mailboxes in which something is waited for: one look for everything, one more to take out what was dealt with. Of
/// several processes one does it: whoever moves the due time of the mailbox, which serves as its lease.
/// </summary>
public sealed partial class MailboxRounds(
    DatabaseStartup database, DatabaseWriter writer, MailboxStore mailboxes, MailboxAccess access, IEnumerable<IMailboxWork> works, ChangeFeed feed, TimeProvider time,
    ILogger<MailboxRounds> log) : DatabaseWorker(database, time)
{
    /// <summary>Longer than a round with one mailbox may take; what a killed process held is done by another then.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>No round is planned further ahead than this: what is due later is a lease.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private const int AtOnce = 4;

    private readonly List<IMailboxWork> _works = [.. works];

    /// <summary>Looks into every mailbox that is due.</summary>
    /// <returns>How many were looked into.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var wanted = new HashSet<int>();
        foreach (var work in _works)
        {
            wanted.UnionWith(await work.MailboxesAsync(cancellationToken));
        }

        var looked = 0;
        await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (id, token) =>
        {
            try
            {
                if (await TakeAsync(id, token) is { } mark)
                {
                    Interlocked.Increment(ref looked);
                    await LookAsync(id, mark, token);
                }
            }
            catch (Exception e) when (!token.IsCancellationRequested)
            {
                // One mailbox must not hold up the others; it is due again when its lease ends.
                LogNotLooked(id, e);
            }
        });
        return looked;
    }

    /// <summary>Something new is waited for: a look that is planned comes now, one that is under way is left alone.</summary>
    internal static Task HurryAsync(DashboardContext db, int mailboxId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var latest = now + LongestPause;
        return db.Mailboxes.Where(m => m.Id == mailboxId && m.NextCheckAt <= latest).ExecuteUpdateAsync(s => s.SetProperty(m => m.NextCheckAt, (DateTimeOffset?)null), cancellationToken);
    }

    protected override TimeSpan AfterFailure => TimeSpan.FromSeconds(10);

    protected override async Task<TimeSpan> RoundAsync(CancellationToken stoppingToken)
    {
        await RunAsync(stoppingToken);
        return Idle;
    }

    /// <returns>The end of our lease; null where another process has the mailbox, or it is not due.</returns>
    private async Task<DateTimeOffset?> TakeAsync(int id, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var mark = new DateTimeOffset((now + Lease).UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        var isOurs = await writer.WriteAsync(
            (db, ct) => db.Mailboxes.Where(m => m.Id == id && (m.NextCheckAt == null || m.NextCheckAt <= now)).ExecuteUpdateAsync(s => s.SetProperty(m => m.NextCheckAt, mark), ct),
            cancellationToken) > 0;
        return isOurs ? mark : null;
    }

    private async Task LookAsync(int id, DateTimeOffset mark, CancellationToken cancellationToken)
    {
        var next = Time.GetUtcNow() + LongestPause;
        try
        {
            if (await mailboxes.LoadAsync(id, cancellationToken) is { } mailbox)
            {
                await WorkAsync(mailbox, cancellationToken);
                next = Earliest(next, await Task.WhenAll(_works.Select(w => w.NextAsync(id, cancellationToken))));
            }
        }
        finally
        {
            await LeaveAsync(id, mark, next);
        }
    }

    private async Task WorkAsync(Mailbox mailbox, CancellationToken cancellationToken)
    {
        var wanted = new List<MailboxWanted>();
        foreach (var work in _works)
        {
            wanted.Add(await work.WantedAsync(mailbox.Id, cancellationToken));
        }

        var look = await access.FindAsync(mailbox, [.. wanted.SelectMany(w => w.Queries).Distinct()], wanted.Exists(w => w is { Whole: true, Queries.Count: > 0 }), cancellationToken);
        if (await mailboxes.RememberAsync(mailbox.Id, look, cancellationToken))
        {
            feed.Publish(new DashboardChange(null));
        }

        var done = new List<(IMailboxWork Work, IReadOnlyCollection<MailboxQuery> Queries)>();
        foreach (var work in _works)
        {
            done.Add((work, await work.TakeAsync(mailbox, look, cancellationToken)));
        }

        if (done.TrueForAll(d => d.Queries.Count == 0) || !look.IsComplete)
        {
            return;
        }

        if ((await access.RemoveAsync(mailbox, [.. done.SelectMany(d => d.Queries)], cancellationToken)).IsComplete)
        {
            foreach (var (work, queries) in done.Where(d => d.Queries.Count > 0))
            {
                await work.RemovedAsync(mailbox, queries, cancellationToken);
            }
        }
    }

    private static DateTimeOffset Earliest(DateTimeOffset latest, IEnumerable<DateTimeOffset?> times) => times.Select(t => t ?? latest).Append(latest).Min();

    /// <summary>Also at an orderly stop: the next process need not wait for the end of the lease.</summary>
    private async Task LeaveAsync(int id, DateTimeOffset mark, DateTimeOffset next) => await writer.WriteAsync(
        (db, ct) => db.Mailboxes.Where(m => m.Id == id && m.NextCheckAt == mark).ExecuteUpdateAsync(s => s.SetProperty(m => m.NextCheckAt, next), ct), CancellationToken.None);

    [LoggerMessage(420, LogLevel.Warning, "The mailbox {Id} could not be looked into; trying again")]
    private partial void LogNotLooked(int id, Exception exception);

    [LoggerMessage(421, LogLevel.Warning, "A round through the mailboxes failed; trying again")]
    protected override partial void LogFailed(Exception exception);
}
