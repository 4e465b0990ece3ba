using Microsoft.Extensions.Hosting;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>
/// Work that is done round after round as soon as the database is ready, until the host stops. A round that fails is no end: a driver may
/// even say by a cancellation that the database went away, and an exception that got out would stop the whole host.
/// </summary>
public abstract class DatabaseWorker(DatabaseStartup database, TimeProvider time) : BackgroundService
{
    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; } = time;

    /// <summary>Before the first round.</summary>
    protected virtual TimeSpan Start => TimeSpan.Zero;

    /// <summary>After a round that failed.</summary>
    protected abstract TimeSpan AfterFailure { get; }

    /// <summary>One round.</summary>
    /// <returns>How long to wait before the next.</returns>
    protected abstract Task<TimeSpan> RoundAsync(CancellationToken stoppingToken);

    /// <summary>Says that a round failed.</summary>
    protected abstract void LogFailed(Exception exception);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await database.WaitReadyAsync(stoppingToken);
            await Task.Delay(Start, Time, stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(await TryRoundAsync(stoppingToken), Time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<TimeSpan> TryRoundAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await RoundAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(e);
            return AfterFailure;
        }
    }
}
