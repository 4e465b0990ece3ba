using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Writes each day down when it is over, and at start what was missed. Asks every few minutes what day it is: clocks are set.</summary>
public sealed partial class PortfolioHistory(DatabaseStartup database, PortfolioRecorder recorder, ChangeFeed feed, TimeProvider time, ILogger<PortfolioHistory> log) : DatabaseWorker(database, time)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);
    private DateOnly? _doneOn;

    protected override TimeSpan AfterFailure => TimeSpan.FromMinutes(1);

    protected override async Task<TimeSpan> RoundAsync(CancellationToken stoppingToken)
    {
        var today = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        if (_doneOn == today)
        {
            return Idle;
        }

        if (await recorder.RecordAsync(stoppingToken) > 0)
        {
            feed.Publish(new DashboardChange(null));
        }

        _doneOn = today;
        return Idle;
    }

    [LoggerMessage(600, LogLevel.Warning, "The history of days could not be written yet; it is tried again")]
    protected override partial void LogFailed(Exception exception);
}
