using MailDashboard.Monitoring.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Has the past thinned, half a minute at a time, until all is done; then again the next day.</summary>
public sealed partial class Retention(DatabaseStartup database, RetentionSweep sweep, TimeProvider time, ILogger<Retention> log) : BackgroundService
{
    /// <summary>At start there is more urgent work.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UntilNext = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await database.WaitReadyAsync(stoppingToken);
            await Task.Delay(First, time, stoppingToken);
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
            return await sweep.RunAsync(Budget, stoppingToken) ? UntilNext : Pause;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(e);
            return AfterFailure;
        }
    }

    [LoggerMessage(610, LogLevel.Warning, "What is past its retention could not be deleted yet; it is tried again")]
    private partial void LogFailed(Exception exception);
}
