using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Writes each day down when it is over, and at start what was missed. Asks every few minutes what day it is: clocks are set.</summary>
public sealed partial class PortfolioHistory(DatabaseStartup database, PortfolioRecorder recorder, ChangeFeed feed, TimeProvider time, ILogger<PortfolioHistory> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);
    private DateOnly? _doneOn;

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
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (_doneOn == today)
        {
            return Idle;
        }

        try
        {
            if (await recorder.RecordAsync(stoppingToken) > 0)
            {
                feed.Publish(new DashboardChange(null));
            }

            _doneOn = today;
            return Idle;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(e);
            return AfterFailure;
        }
    }

    [LoggerMessage(600, LogLevel.Warning, "The history of days could not be written yet; it is tried again")]
    private partial void LogFailed(Exception exception);
}
