using MailDashboard.Monitoring.Persistence;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>Looks every two seconds whether somebody has to be told. What is due is in the database: a restart forgets nothing.</summary>
public sealed partial class NoticeWorker(DatabaseStartup database, NoticeRound round, OwnWatch own, TimeProvider time, ILogger<NoticeWorker> log) : DatabaseWorker(database, time)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    protected override TimeSpan AfterFailure => TimeSpan.FromSeconds(10);

    protected override async Task<TimeSpan> RoundAsync(CancellationToken stoppingToken)
    {
        await own.LookAsync(stoppingToken);
        await round.RunAsync(stoppingToken);
        return Idle;
    }

    [LoggerMessage(320, LogLevel.Warning, "A round of notices failed; trying again")]
    protected override partial void LogFailed(Exception exception);
}
