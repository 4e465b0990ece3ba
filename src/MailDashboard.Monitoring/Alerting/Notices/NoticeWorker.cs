using MailDashboard.Monitoring.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>Looks every two seconds whether somebody has to be told. What is due is in the database: a restart forgets nothing.</summary>
public sealed partial class NoticeWorker(DatabaseStartup database, NoticeRound round, OwnWatch own, TimeProvider time, ILogger<NoticeWorker> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await database.WaitReadyAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(await RoundAsync(stoppingToken), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<TimeSpan> RoundAsync(CancellationToken stoppingToken)
    {
        try
        {
            await own.LookAsync(stoppingToken);
            await round.RunAsync(stoppingToken);
            return Idle;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(e);
            return AfterFailure;
        }
    }

    [LoggerMessage(320, LogLevel.Warning, "A round of notices failed; trying again")]
    private partial void LogFailed(Exception exception);
}
