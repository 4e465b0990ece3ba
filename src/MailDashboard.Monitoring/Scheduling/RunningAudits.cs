using System.Collections.Concurrent;
using MailDashboard.Checks.Auditing;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>An audit under way in this process, that others may wait for and watch.</summary>
public sealed class RunningAudit : IProgress<FamilyProgress>
{
    private readonly Lock _lock = new();
    private readonly List<FamilyProgress> _told = [];
    private readonly List<IProgress<FamilyProgress>> _watchers = [];

    private volatile bool _hasLooked;

    /// <summary>Every family is being run: a second "check now" has nothing to add.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>It goes round our own cache.</summary>
    public bool IsFresh { get; init; }

    /// <summary>It has seen what it will see and is being recorded: whoever asks now wants another.</summary>
    internal bool HasLooked
    {
        get => _hasLooked;
        set => _hasLooked = value;
    }

    internal TaskCompletionSource<CheckNowResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Tells everybody who watches.</summary>
    public void Report(FamilyProgress value)
    {
        List<IProgress<FamilyProgress>> watchers;
        lock (_lock)
        {
            _told.Add(value);
            watchers = [.. _watchers];
        }

        watchers.ForEach(w => w.Report(value));
    }

    /// <summary>Tells what was told so far, then everything that follows.</summary>
    internal void Watch(IProgress<FamilyProgress>? watcher)
    {
        if (watcher is null)
        {
            return;
        }

        List<FamilyProgress> told;
        lock (_lock)
        {
            told = [.. _told];
            _watchers.Add(watcher);
        }

        told.ForEach(watcher.Report);
    }

    internal void Unwatch(IProgress<FamilyProgress>? watcher)
    {
        lock (_lock)
        {
            if (watcher is not null)
            {
                _watchers.Remove(watcher);
            }
        }
    }
}

/// <summary>Every audit under way in this process, by domain.</summary>
public sealed class RunningAudits
{
    private readonly ConcurrentDictionary<int, RunningAudit> _running = new();

    public int Count => _running.Count;

    /// <summary>The audit of a domain; null where none is under way here.</summary>
    public RunningAudit? Find(int domainId) => _running.GetValueOrDefault(domainId);

    internal bool TryBegin(int domainId, RunningAudit audit) => _running.TryAdd(domainId, audit);

    internal void End(int domainId, RunningAudit audit) => _running.TryRemove(new KeyValuePair<int, RunningAudit>(domainId, audit));
}
