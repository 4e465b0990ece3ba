using System.Diagnostics.CodeAnalysis;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>A question under way and those who wait for it. When the last one leaves, it is given up.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A source without a timer and without a parent holds nothing to dispose.")]
internal sealed class Flight
{
    private readonly TaskCompletionSource<DnsAnswer> _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();
    private readonly Lock _lock = new();
    private int _waiting;
    private bool _isOver;

    /// <summary>Asks; called once, by the one who made it.</summary>
    public void Start(Func<CancellationToken, Task<DnsAnswer>> ask) => _ = RunAsync(ask);

    /// <summary>Adds one who waits; false where it is already given up.</summary>
    public bool TryJoin()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return false;
            }

            _waiting++;
            return true;
        }
    }

    /// <summary>Waits, after <see cref="TryJoin"/>.</summary>
    public async Task<DnsAnswer> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _landed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_waiting > 0 || _landed.Task.IsCompleted)
            {
                return;
            }

            _isOver = true;
        }

        _abandoned.Cancel();
    }

    private async Task RunAsync(Func<CancellationToken, Task<DnsAnswer>> ask)
    {
        try
        {
            _landed.TrySetResult(await ask(_abandoned.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            _landed.TrySetCanceled();
        }
        catch (Exception e)
        {
            // Resolvers do not throw; should one do, every waiter learns of it and nothing is left unobserved.
            _landed.TrySetException(e);
            _ = _landed.Task.Exception;
        }
    }
}
