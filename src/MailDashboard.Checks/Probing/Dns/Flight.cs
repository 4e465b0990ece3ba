using System.Diagnostics.CodeAnalysis;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>A question under way and those who wait for it. When the last one leaves, it is given up.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A source without a timer and without a parent holds nothing to dispose.")]
internal sealed class Flight
{
    private readonly TaskCompletionSource<DnsAnswer> _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();
    private int _waiting;
    private bool _isOver;

    /// <summary>Its answer, for those who joined.</summary>
    public Task<DnsAnswer> Landed => _landed.Task;

    /// <summary>What it is asked under.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Adds one who waits; false where it is already given up. Each who joined leaves once.</summary>
    public bool TryJoin()
    {
        lock (_landed)
        {
            if (_isOver)
            {
                return false;
            }

            _waiting++;
            return true;
        }
    }

    /// <summary>One who joined waits no more.</summary>
    public void Leave()
    {
        lock (_landed)
        {
            if (--_waiting > 0 || _landed.Task.IsCompleted)
            {
                return;
            }

            _isOver = true;
        }

        _abandoned.Cancel();
    }

    public void Land(DnsAnswer answer) => _landed.TrySetResult(answer);

    /// <summary>It ended without an answer. Resolvers do not throw but for this; should one do, every waiter learns of it.</summary>
    public void Fail(Exception e)
    {
        if (e is OperationCanceledException)
        {
            _landed.TrySetCanceled();
            return;
        }

        _landed.TrySetException(e);

        // Nothing is left unobserved.
        _ = _landed.Task.Exception;
    }
}
