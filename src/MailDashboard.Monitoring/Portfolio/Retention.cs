using MailDashboard.Monitoring.Persistence;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Has the past thinned, half a minute at a time, until all is done; then again the next day.</summary>
public sealed partial class Retention(DatabaseStartup database, RetentionSweep sweep, TimeProvider time, ILogger<Retention> log) : DatabaseWorker(database, time)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UntilNext = TimeSpan.FromDays(1);

    /// <summary>At start there is more urgent work.</summary>
    protected override TimeSpan Start => TimeSpan.FromMinutes(10);

    protected override TimeSpan AfterFailure => TimeSpan.FromMinutes(10);

    protected override async Task<TimeSpan> RoundAsync(CancellationToken stoppingToken) =>
        await sweep.RunAsync(Budget, stoppingToken) ? UntilNext : Pause;

    [LoggerMessage(610, LogLevel.Warning, "What is past its retention could not be deleted yet; it is tried again")]
    protected override partial void LogFailed(Exception exception);
}
