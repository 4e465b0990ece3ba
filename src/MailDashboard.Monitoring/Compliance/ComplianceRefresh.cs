using MailDashboard.Checks.Compliance;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Compliance;

/// <summary>After an upgrade: judges again what was judged by older rules, or never. Nothing is looked up for it, so it is over soon.</summary>
public sealed partial class ComplianceRefresh(
    DatabaseStartup database,
    IDbContextFactory<DashboardContext> contexts,
    DatabaseWriter writer,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<ComplianceRefresh> log) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>Judges every domain whose verdicts are not by these rules.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RefreshAsync(CancellationToken cancellationToken)
    {
        var (done, last) = (0, 0);
        while (true)
        {
            var ids = await StaleAsync(last, cancellationToken);
            if (ids.Count == 0)
            {
                break;
            }

            foreach (var id in ids)
            {
                await writer.WriteAsync(
                    async (db, token) =>
                    {
                        if (await DomainMemory.LoadAsync(db, id, token) is { } memory)
                        {
                            ComplianceLedger.Write(memory);
                        }
                    },
                    cancellationToken);
                done++;
            }

            last = ids[^1];
        }

        if (done > 0)
        {
            feed.Publish(new DashboardChange(null));
        }

        return done;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await database.WaitReadyAsync(stoppingToken);
            while (!await TryAsync(stoppingToken))
            {
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RefreshAsync(stoppingToken);
            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(e);
            return false;
        }
    }

    private async Task<List<int>> StaleAsync(int after, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var version = ComplianceCatalogue.Shipped.Version;
        return await db.Domains.AsNoTracking()
            .Where(d => d.Id > after && d.FirstAuditAt != null && !db.ComplianceStates.Any(s => s.DomainId == d.Id && s.RulesVersion == version))
            .OrderBy(d => d.Id).Take(Batch).Select(d => d.Id).ToListAsync(cancellationToken);
    }

    [LoggerMessage(250, LogLevel.Warning, "Domains could not be judged by the new rules of mailbox providers yet; it is tried again")]
    private partial void LogFailed(Exception exception);
}
