using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>Looks again at what is pending or resolving, when its time has come. What waits is in the database: a restart forgets nothing.</summary>
public sealed partial class SecondLook(DatabaseStartup database, DueAlerts due, ConnectivityGuard guard, TimeProvider time, ILogger<SecondLook> log) : DatabaseWorker(database, time)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    protected override TimeSpan AfterFailure => TimeSpan.FromSeconds(10);

    protected override async Task<TimeSpan> RoundAsync(CancellationToken stoppingToken)
    {
        if (!await guard.IsOnlineAsync(stoppingToken))
        {
            return AfterFailure;
        }

        return await due.RunAsync(stoppingToken) > 0 ? TimeSpan.Zero : Idle;
    }

    [LoggerMessage(300, LogLevel.Warning, "A round of second looks failed; trying again")]
    protected override partial void LogFailed(Exception exception);
}
