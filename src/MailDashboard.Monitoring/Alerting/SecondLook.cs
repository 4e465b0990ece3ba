using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>Looks again at what is pending or resolving, when its time has come. What waits is in the database: a restart forgets nothing.</summary>
public sealed partial class SecondLook(DatabaseStartup database, DueAlerts due, ConnectivityGuard guard, TimeProvider time, ILogger<SecondLook> log) : BackgroundService
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
            if (!await guard.IsOnlineAsync(stoppingToken))
            {
                return AfterFailure;
            }

            return await due.RunAsync(stoppingToken) > 0 ? TimeSpan.Zero : Idle;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(e);
            return AfterFailure;
        }
    }

    [LoggerMessage(300, LogLevel.Warning, "A round of second looks failed; trying again")]
    private partial void LogFailed(Exception exception);
}
