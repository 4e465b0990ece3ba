using System.Collections.Concurrent;

namespace MailDashboard.Checks.Auditing;

/// <summary>
/// What hosts showed to the audits of this process. A host that several domains share (a provider's mail exchanger) is looked at once
/// within the time that audits allow (<see cref="AuditOptions.ShareHostsFor"/>), whoever looks first; the others get what that one saw,
/// with its time. Safe to share.
/// </summary>
public sealed class SharedHosts(TimeProvider time)
{
    /// <summary>Looks that are kept; some 20 kB each.</summary>
    public const int Capacity = 2_000;

    /// <summary>A failed look is shared for no longer: it spares the domains of one round a dead host's patience, and tells nothing later.</summary>
    public static readonly TimeSpan FailuresFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<SharedHost, Look> _looks = new();

    /// <summary>Looks at a host, or takes what another audit saw of it.</summary>
    /// <param name="host">What is looked at.</param>
    /// <param name="longest">Older looks will not do; zero always looks.</param>
    /// <param name="isLasting">Whether the host was seen well enough to last.</param>
    /// <param name="look">Looks.</param>
    /// <returns>What was seen, and whether another audit saw it.</returns>
    internal async Task<(T Seen, bool IsShared)> LookAsync<T>(
        SharedHost host, TimeSpan longest, Func<T, bool> isLasting, Func<Task<T>> look, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var known = _looks.GetValueOrDefault(host);
            if (known is not null && known.IsGoodFor(longest, now))
            {
                if (await known.SeenAsync(cancellationToken).ConfigureAwait(false) is T seen)
                {
                    return (seen, true);
                }

                // The other audit was cancelled, or failed: look ourselves.
                _looks.TryRemove(new KeyValuePair<SharedHost, Look>(host, known));
                continue;
            }

            var mine = new Look(now);
            if (known is null ? _looks.TryAdd(host, mine) : _looks.TryUpdate(host, mine, known))
            {
                return (await LookAsync(host, mine, isLasting, look).ConfigureAwait(false), false);
            }
        }
    }

    private async Task<T> LookAsync<T>(SharedHost host, Look mine, Func<T, bool> isLasting, Func<Task<T>> look)
        where T : class
    {
        T seen;
        bool lasts;
        try
        {
            seen = await look().ConfigureAwait(false);
            lasts = isLasting(seen);
        }
        catch
        {
            _looks.TryRemove(new KeyValuePair<SharedHost, Look>(host, mine));
            mine.End(null, isLasting: false);
            throw;
        }

        mine.End(seen, lasts);
        if (_looks.Count > Capacity)
        {
            DropOldest();
        }

        return seen;
    }

    private void DropOldest()
    {
        // ToArray takes a snapshot; LINQ over the dictionary itself would copy into an array of a size that others outgrow meanwhile.
        foreach (var look in _looks.ToArray().OrderBy(l => l.Value.At).Take(Capacity / 4))
        {
            _looks.TryRemove(look);
        }
    }

    private sealed class Look(DateTimeOffset at)
    {
        private readonly TaskCompletionSource<object?> _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isLasting;

        public DateTimeOffset At => at;

        /// <summary>One under way is waited for: it is as new as ours would be.</summary>
        public bool IsGoodFor(TimeSpan longest, DateTimeOffset now) =>
            now - at < (_isLasting || !_seen.Task.IsCompleted || longest < FailuresFor ? longest : FailuresFor);

        public Task<object?> SeenAsync(CancellationToken cancellationToken) => _seen.Task.WaitAsync(cancellationToken);

        public void End(object? seen, bool isLasting)
        {
            _isLasting = isLasting;
            _seen.SetResult(seen);
        }
    }
}

/// <summary>What of a host was looked at.</summary>
/// <param name="Kind">How: one word for each probe.</param>
/// <param name="Host">The name that was meant; what is shown may depend on it.</param>
/// <param name="Address">Where.</param>
/// <param name="Port">TCP port; 0 for the one that its probe is for.</param>
internal readonly record struct SharedHost(string Kind, string Host, System.Net.IPAddress Address, int Port = 0);
