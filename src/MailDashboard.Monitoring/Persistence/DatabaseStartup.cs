using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>
/// Applies migrations while the web host already answers with a small page. Everything that uses the database waits for
/// <see cref="WaitReadyAsync"/>.
/// </summary>
public sealed partial class DatabaseStartup : BackgroundService
{
    private static readonly TimeSpan[] Pauses = [.. new[] { 1, 2, 3, 5 }.Select(s => TimeSpan.FromSeconds(s))];

    private readonly DatabaseUpgrade _upgrade;
    private readonly ProcessLock _processLock;
    private readonly DeadLeases _deadLeases;
    private readonly StartupProblems _problems;
    private readonly TimeProvider _time;
    private readonly ILogger<DatabaseStartup> _log;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile DatabaseState _state = new DatabaseState.Pending();

    internal DatabaseStartup(
        DatabaseUpgrade upgrade, ProcessLock processLock, DeadLeases deadLeases, StartupProblems problems, TimeProvider time, ILogger<DatabaseStartup> log)
    {
        (_upgrade, _processLock, _deadLeases, _problems, _time, _log) = (upgrade, processLock, deadLeases, problems, time, log);
    }

    /// <summary>How it stands.</summary>
    public DatabaseState State => _state;

    /// <summary>Usable.</summary>
    public bool IsReady => _state is DatabaseState.Ready;

    /// <summary>Waits until the database can be used, for ever if it never can.</summary>
    public Task WaitReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    /// <summary>Prepares the database here and now, for commands that run without the host (<c>reset-admin</c>).</summary>
    /// <returns>Ready, refused or unavailable.</returns>
    public async Task<DatabaseState> PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            Set(await _upgrade.RunAsync(Set, cancellationToken));
        }
        catch (Exception e) when (IsTrouble(e, cancellationToken))
        {
            Set(new DatabaseState.Unavailable(Describe(e)));
        }

        return _state;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (_problems.Messages.Count > 0)
        {
            Set(new DatabaseState.Refused(string.Join(Environment.NewLine, _problems.Messages)));
            return;
        }

        for (var attempt = 0; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                if (!_processLock.TryTake())
                {
                    Set(new DatabaseState.Unavailable("Another process of Mail Dashboard uses this data folder. Several processes need PostgreSQL."));
                }
                else
                {
                    var state = await _upgrade.RunAsync(Set, stoppingToken);
                    if (state is DatabaseState.Ready)
                    {
                        await _deadLeases.ReleaseAsync(stoppingToken);
                    }

                    Set(state);
                    return;
                }
            }
            catch (Exception e) when (IsTrouble(e, stoppingToken))
            {
                Set(new DatabaseState.Unavailable(Describe(e)));
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pauses[Math.Min(attempt, Pauses.Length - 1)], _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsTrouble(Exception e, CancellationToken cancellationToken) =>
        e is not OperationCanceledException || !cancellationToken.IsCancellationRequested;

    private static string Describe(Exception e) => e is DbException { InnerException: { } inner } ? $"{e.Message} ({inner.Message})" : e.Message;

    private void Set(DatabaseState state)
    {
        var changed = state != _state;
        _state = state;
        switch (state)
        {
            case DatabaseState.Ready:
                LogReady();
                _ready.TrySetResult();
                break;
            case DatabaseState.Refused refused:
                LogRefused(refused.Reason);
                break;
            case DatabaseState.Unavailable unavailable when changed:
                LogUnavailable(unavailable.Reason);
                break;
            case DatabaseState.Upgrading upgrading:
                LogUpgrading(upgrading.Migrations.Count);
                break;
        }
    }

    [LoggerMessage(100, LogLevel.Information, "The database is ready")]
    private partial void LogReady();

    [LoggerMessage(101, LogLevel.Critical, "Mail Dashboard does not start: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(102, LogLevel.Warning, "The database cannot be used yet, trying again: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(103, LogLevel.Information, "Migrations to apply: {Count}")]
    private partial void LogUpgrading(int count);
}
