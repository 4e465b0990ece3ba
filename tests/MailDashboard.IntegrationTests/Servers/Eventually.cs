using System.Diagnostics;

namespace MailDashboard.IntegrationTests.Servers;

/// <summary>Waits for what another process does: asks again until it is so, within a bound.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <exception cref="TimeoutException">Not so after <paramref name="timeout"/> (two minutes unless told: machines that test are busy).</exception>
    public static async Task TrueAsync(
        string what, Func<CancellationToken, Task<bool>> condition, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var bound = timeout ?? TimeSpan.FromMinutes(2);
        var started = Stopwatch.GetTimestamp();
        while (!await condition(cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(started) > bound)
            {
                throw new TimeoutException($"Waited {bound.TotalSeconds:0} s in vain until {what}.");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    public static Task TrueAsync(
        string what, Func<bool> condition, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        TrueAsync(what, _ => Task.FromResult(condition()), timeout, cancellationToken);
}
