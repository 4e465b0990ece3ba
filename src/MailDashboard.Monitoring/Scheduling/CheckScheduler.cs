using System.Collections.Concurrent;
using System.Threading.Channels;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>Looks for due domains, round after round, and hands them to the runner. Nothing that fails ends it.</summary>
public sealed partial class CheckScheduler(
    DatabaseStartup database,
    SettingsStore settings,
    ConnectivityGuard guard,
    DueDomains due,
    AuditRunner runner,
    SchedulerStatus status,
    SchedulerOptions options,
    TimeProvider time,
    ILogger<CheckScheduler> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Offline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan[] BackOff = [.. new[] { 1, 2, 5, 10, 30 }.Select(s => TimeSpan.FromSeconds(s))];
    private static readonly TimeSpan RenewEvery = DueDomains.Length / 4;

    private readonly ConcurrentDictionary<int, Lease> _held = new();
    private int _failures;
    private bool _isOffline;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await database.WaitReadyAsync(stoppingToken);
            var queue = Channel.CreateUnbounded<Lease>();
            var workers = Enumerable.Range(0, options.Parallelism).Select(_ => WorkAsync(queue.Reader, stoppingToken)).ToList();
            await Task.WhenAll([.. workers, LeaseAsync(queue.Writer, stoppingToken), RenewAsync(stoppingToken)]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            await ReturnAsync();
        }
    }

    private async Task LeaseAsync(ChannelWriter<Lease> queue, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = await RoundAsync(queue, stoppingToken);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, stoppingToken);
            }
        }
    }

    /// <summary>One round; says how long to wait before the next.</summary>
    private async Task<TimeSpan> RoundAsync(ChannelWriter<Lease> queue, CancellationToken stoppingToken)
    {
        try
        {
            status.LastRoundAt = time.GetUtcNow();
            await settings.GetAsync(stoppingToken);
            var free = (2 * options.Parallelism) - _held.Count;
            if (free < options.Parallelism)
            {
                return TimeSpan.FromMilliseconds(20);
            }

            if (!await guard.IsOnlineAsync(stoppingToken))
            {
                // Once a silence, not once a round.
                if (!_isOffline)
                {
                    LogOffline();
                }

                _isOffline = true;
                return Offline;
            }

            if (_isOffline)
            {
                LogOnline();
            }

            _isOffline = false;
            var leases = await due.TakeAsync(free, stoppingToken);
            foreach (var lease in leases)
            {
                _held[lease.Domain.Id] = lease;
                queue.TryWrite(lease);
            }

            (_failures, status.LastFailure) = (0, null);
            return leases.Count < free ? Idle : TimeSpan.Zero;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // A database that went away: a driver may even say so by a cancellation.
            LogRoundFailed(e);
            status.LastFailure = e.Message;
            return BackOff[Math.Min(_failures++, BackOff.Length - 1)];
        }
    }

    private async Task WorkAsync(ChannelReader<Lease> queue, CancellationToken stoppingToken)
    {
        await foreach (var lease in queue.ReadAllAsync(stoppingToken))
        {
            try
            {
                await runner.RunDueAsync(lease, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogRoundFailed(e);
            }

            _held.TryRemove(new KeyValuePair<int, Lease>(lease.Domain.Id, lease));
        }
    }

    private async Task RenewAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(RenewEvery, time, stoppingToken);
            try
            {
                if (_held.Values.ToList() is { Count: > 0 } leases)
                {
                    await due.RenewAsync(leases, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogRoundFailed(e);
            }
        }
    }

    /// <summary>At an orderly end others need not wait for our leases to run out.</summary>
    private async Task ReturnAsync()
    {
        try
        {
            if (_held.Values.ToList() is { Count: > 0 } leases)
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
                await due.ReturnAsync(leases, patience.Token);
            }
        }
        catch (Exception e)
        {
            LogRoundFailed(e);
        }
    }

    [LoggerMessage(210, LogLevel.Warning, "A round of the scheduler failed; trying again")]
    private partial void LogRoundFailed(Exception exception);

    [LoggerMessage(211, LogLevel.Warning, "The DNS resolver does not answer: nothing is audited until it does")]
    private partial void LogOffline();

    [LoggerMessage(212, LogLevel.Information, "The DNS resolver answers again")]
    private partial void LogOnline();
}
