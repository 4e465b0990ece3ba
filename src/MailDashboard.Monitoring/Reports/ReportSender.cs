using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Portfolio;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Reports;

/// <summary>
/// Writes what is due into the outbox. Needs no lease: the next time is moved, and the message written, in one transaction that goes
/// through only while the time is still the one that was read. Of several processes one does it; a killed one has done nothing.
/// </summary>
public sealed partial class ReportSender(
    DatabaseStartup database,
    IDbContextFactory<DashboardContext> contexts,
    DatabaseWriter writer,
    ReportComposer composer,
    PortfolioRecorder recorder,
    TimeProvider time,
    ILogger<ReportSender> log) : DatabaseWorker(database, time)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    /// <summary>Sends what is due now.</summary>
    /// <returns>How many messages were written.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        // The last day of the period ended a moment ago, perhaps.
        await recorder.RecordAsync(cancellationToken);
        var (written, failures) = (0, new List<Exception>());
        foreach (var subscription in due)
        {
            try
            {
                written += await SendAsync(subscription, cancellationToken) ? 1 : 0;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // One that cannot be written must not keep the others from their readers.
                failures.Add(e);
            }
        }

        return failures.Count == 0 ? written : throw new AggregateException(failures);
    }

    protected override TimeSpan AfterFailure => TimeSpan.FromMinutes(1);

    protected override async Task<TimeSpan> RoundAsync(CancellationToken stoppingToken)
    {
        await RunAsync(stoppingToken);
        return Idle;
    }

    /// <summary>Also puts right what a wrong clock has written.</summary>
    private async Task<IReadOnlyList<ReportSubscription>> DueAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var enabled = await db.ReportSubscriptions.AsNoTracking().Where(s => s.IsEnabled).OrderBy(s => s.NextAt).ThenBy(s => s.Id).ToListAsync(cancellationToken);
        foreach (var astray in enabled.Where(s => ReportSchedule.IsAstray(s, now)))
        {
            await writer.WriteAsync((context, ct) => MoveAsync(context, astray, now, null, ct), cancellationToken);
        }

        return enabled.FindAll(s => s.NextAt <= now);
    }

    private async Task<bool> SendAsync(ReportSubscription subscription, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var message = await composer.ComposeAsync(subscription, isAskedFor: false, cancellationToken);
        return await writer.WriteAsync(
            async (db, ct) =>
            {
                if (!await MoveAsync(db, subscription, now, now, ct) || message is null)
                {
                    return false;
                }

                // A transaction that runs again must not find an id of the time before.
                message.Id = 0;
                db.Outbox.Add(message);
                return true;
            },
            cancellationToken);
    }

    /// <returns>False where another process, or an administrator, was faster.</returns>
    private static async Task<bool> MoveAsync(DashboardContext db, ReportSubscription read, DateTimeOffset now, DateTimeOffset? sentAt, CancellationToken cancellationToken)
    {
        var next = ReportSchedule.Next(read, now);
        return await db.ReportSubscriptions
            .Where(s => s.Id == read.Id && s.IsEnabled && s.NextAt == read.NextAt && s.Kind == read.Kind && s.Address == read.Address && s.Tag == read.Tag && s.Language == read.Language)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.NextAt, next).SetProperty(x => x.LastAt, x => sentAt ?? x.LastAt), cancellationToken) == 1;
    }

    [LoggerMessage(700, LogLevel.Warning, "A report could not be written yet; it is tried again")]
    protected override partial void LogFailed(Exception exception);
}
