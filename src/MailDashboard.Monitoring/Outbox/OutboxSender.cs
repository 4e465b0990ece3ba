using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Profiles;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Outbox;

/// <summary>
/// Sends what waits in the outbox, at least once: the row is marked right after the other side took it. Killed in between, the copy that
/// follows bears the same Message-Id. E-mail and what is posted go their own ways: neither waits for the other.
/// </summary>
public sealed partial class OutboxSender(
    DatabaseStartup database,
    OutboxQueue queue,
    OutboxCarrier carrier,
    ProfileStore profiles,
    TimeProvider time,
    ILogger<OutboxSender> log) : BackgroundService
{
    /// <summary>Channels that are posted to side by side.</summary>
    private const int PostsAtATime = 4;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    /// <summary>Sends one e-mail that is due.</summary>
    /// <returns>False where there is nothing to send, no profile to send with, the server cannot be used, or a limit of the profile is reached: the next message would fare no better.</returns>
    public async Task<bool> SendOneAsync(CancellationToken cancellationToken) =>
        await profiles.LoadForNoticesAsync(cancellationToken) is { } profile
        && await queue.TakeAsync(cancellationToken) is { } message
        && await carrier.MailAsync(profile, message, cancellationToken);

    /// <summary>Posts what is due, until nothing is: a few channels side by side, each in order.</summary>
    /// <returns>How many messages were tried.</returns>
    public async Task<int> PostAllAsync(CancellationToken cancellationToken)
    {
        await queue.GiveUpOrphansAsync(cancellationToken);
        var (tried, underWay) = (0, new List<Task>());
        try
        {
            while (true)
            {
                while (underWay.Count < PostsAtATime && await queue.TakePostAsync(cancellationToken) is { } message)
                {
                    underWay.Add(PostAsync(message, cancellationToken));
                    tried++;
                }

                if (underWay.Count == 0)
                {
                    return tried;
                }

                // One that hangs must not keep another channel from what has become due meanwhile.
                await Task.WhenAny([.. underWay, Task.Delay(Idle, time, cancellationToken)]);
                underWay.RemoveAll(t => t.IsCompleted);
            }
        }
        finally
        {
            await Task.WhenAll(underWay);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await database.WaitReadyAsync(stoppingToken);
            await Task.WhenAll(LoopAsync(SendAllAsync, stoppingToken), LoopAsync(PostAllAsync, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task LoopAsync(Func<CancellationToken, Task> round, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Idle;
            try
            {
                await round(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogRoundFailed(e);
                pause = AfterFailure;
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        while (await SendOneAsync(cancellationToken))
        {
        }
    }

    /// <summary>A failure here is one of the database: the message is due again when its lease ends.</summary>
    private async Task PostAsync(Persistence.Entities.OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await carrier.PostAsync(message, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogRoundFailed(e);
        }
        catch (OperationCanceledException)
        {
            // Stopped; it was given back.
        }
    }

    [LoggerMessage(402, LogLevel.Warning, "A round of the outbox failed; trying again")]
    private partial void LogRoundFailed(Exception exception);
}
