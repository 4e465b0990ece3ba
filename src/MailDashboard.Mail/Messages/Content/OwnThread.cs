namespace MailDashboard.Mail.Messages.Content;

/// <summary>
/// Runs what keeps a processor busy on threads of its own, two at a time in the process: large messages neither starve the pool that
/// serves pages nor take the memory of many at once.
/// </summary>
internal static class OwnThread
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly SemaphoreSlim Turns = new(2);

    /// <summary>Runs work whose end is foreseeable.</summary>
    public static async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await Start(work).ConfigureAwait(false);
    }

    /// <summary>Runs work that may take longer than it is given.</summary>
    /// <param name="work">Looks at its token now and then. Where it does not, nobody waits for it; its turn comes back when it ends.</param>
    /// <param name="limit">From the beginning of its turn.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where it took too long.</returns>
    public static async Task<T?> RunAsync<T>(Func<CancellationToken, T> work, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
        where T : class
    {
        await Turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var token = both.Token;
        try
        {
            return await Start(() => work(token)).WaitAsync(limit + Grace, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static Task<T> Start<T>(Func<T> work) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                return work();
            }
            finally
            {
                Turns.Release();
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
