namespace MailDashboard.Monitoring.Overview;

/// <summary>
/// Many open pages that ask at once share a reading. It begins after they asked, so that nobody is shown less than what was
/// committed by then; a second one begins only when the first is over.
/// </summary>
internal sealed class SharedReading<T>(Func<CancellationToken, Task<T>> read)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task<T>? _next;

    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _next ??= BeginAsync(_running);
            return _next.WaitAsync(cancellationToken);
        }
    }

    private async Task<T> BeginAsync(Task before)
    {
        // Whether that one failed is the business of those who waited for it.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            (_running, _next) = (_next!, null);
        }

        // Not ended by the first who leaves: others wait.
        return await read(CancellationToken.None);
    }
}
