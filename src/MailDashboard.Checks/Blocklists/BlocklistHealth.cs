using System.Collections.Concurrent;

namespace MailDashboard.Checks.Blocklists;

/// <summary>How a list's self-test ended.</summary>
/// <param name="Passed">Its test entry is listed, and the entry that must not be is not.</param>
/// <param name="Cause">Why not.</param>
/// <param name="Reason">Why not, in words.</param>
/// <param name="ValidFor">How long this is believed.</param>
internal sealed record SelfTestResult(bool Passed, UnknownCause Cause, Reason? Reason, TimeSpan ValidFor);

/// <summary>Until when a zone is left alone, and why.</summary>
internal sealed record Pause(DateTimeOffset Until, UnknownCause Cause, Reason Reason);

/// <summary>
/// What we know of the lists themselves, over all audits of a process: self-tests (each list is tested once an hour, however many
/// domains are audited) and pauses after a refusal. Safe for concurrent use.
/// </summary>
public sealed class BlocklistHealth(TimeProvider time)
{
    /// <summary>A list that refused us is not asked for this long.</summary>
    public static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromHours(1);

    /// <summary>How long a self-test that gave a clear result is believed.</summary>
    public static readonly TimeSpan SelfTestInterval = TimeSpan.FromHours(1);

    /// <summary>How long a list whose self-test got no answer is left alone: its other questions would time out as well.</summary>
    public static readonly TimeSpan RetryAfterFailure = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Zone, ListKind Kind), Test> _tests = new();
    private const int SilentInARow = 3;

    private readonly ConcurrentDictionary<string, Pause> _pauses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _silent = new(StringComparer.Ordinal);

    /// <summary>Why the zone is left alone at present; null where it may be asked.</summary>
    internal Pause? PausedFor(string zone) =>
        _pauses.TryGetValue(zone, out var pause) && pause.Until > time.GetUtcNow() ? pause : null;

    /// <summary>
    /// Learns from a look: a refusal pauses the zone for an hour; several time-outs in a row for a minute, so that a list which
    /// dies in the middle of a round does not use up the time of all the others.
    /// </summary>
    internal void Learn(string zone, UnknownCause cause, Reason? reason)
    {
        var isSilent = cause == UnknownCause.Dns && reason?.Key is "DnsTimeout" or "DnsUnreachable";
        var inARow = isSilent ? _silent.AddOrUpdate(zone, 1, (_, n) => n + 1) : 0;
        if (!isSilent)
        {
            _silent.TryRemove(zone, out _);
        }

        if (cause == UnknownCause.Refused)
        {
            _pauses[zone] = new Pause(time.GetUtcNow() + PauseAfterRefusal, cause, reason!);
        }
        else if (inARow >= SilentInARow)
        {
            _silent.TryRemove(zone, out _);
            _pauses[zone] = new Pause(time.GetUtcNow() + RetryAfterFailure, cause, reason!);
        }
    }

    /// <summary>The self-test of a zone: a fresh one, the one under way, or the last one while it is believed.</summary>
    /// <param name="zone">The zone as it is asked.</param>
    /// <param name="kind">Which kind of entry.</param>
    /// <param name="again">Tests again whatever is known.</param>
    /// <param name="run">Does the test.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<SelfTestResult> TestAsync(
        string zone, ListKind kind, bool again, Func<CancellationToken, Task<SelfTestResult>> run, CancellationToken cancellationToken)
    {
        var known = again ? _tests.GetValueOrDefault((zone, kind)) : null;
        while (true)
        {
            var mine = new Test(() => RunAsync(run, cancellationToken));
            var test = _tests.AddOrUpdate((zone, kind), mine, (_, last) => ReferenceEquals(last, known) || IsOver(last) ? mine : last);
            try
            {
                return (await test.Result.Value.WaitAsync(cancellationToken).ConfigureAwait(false)).Result;
            }
            catch (Exception e) when (!ReferenceEquals(test, mine) && !cancellationToken.IsCancellationRequested && e is OperationCanceledException)
            {
                // The audit that ran the test was cancelled; that says nothing about ours.
                _tests.TryRemove(new KeyValuePair<(string, ListKind), Test>((zone, kind), test));
            }
        }
    }

    private bool IsOver(Test test)
    {
        var task = test.Result.Value;
        return task.IsCompleted && (!task.IsCompletedSuccessfully || task.GetAwaiter().GetResult().Until <= time.GetUtcNow());
    }

    private async Task<(SelfTestResult Result, DateTimeOffset Until)> RunAsync(Func<CancellationToken, Task<SelfTestResult>> run, CancellationToken cancellationToken)
    {
        var result = await run(cancellationToken).ConfigureAwait(false);
        return (result, time.GetUtcNow() + result.ValidFor);
    }

    private sealed class Test(Func<Task<(SelfTestResult Result, DateTimeOffset Until)>> run)
    {
        public Lazy<Task<(SelfTestResult Result, DateTimeOffset Until)>> Result { get; } = new(run);
    }
}
