namespace MailDashboard.Checks.Auditing;

/// <summary>
/// Lets a family talk to a few hosts at a time, in three quarters of the audit's time at most, so that a crowd of silent servers
/// does not cost what the others have told already.
/// </summary>
/// <param name="sideBySide">Hosts talked to at the same time.</param>
internal sealed class AuditTurns(AuditContext context, int sideBySide) : IDisposable
{
    private const double ShareOfBudget = 0.75;

    private readonly SemaphoreSlim _turns = new(sideBySide);
    private readonly DateTimeOffset _deadline = context.Time.GetUtcNow() + (context.Options.TimeBudget * ShareOfBudget);

    /// <summary>Waits for a turn and takes it.</summary>
    /// <param name="probe">Looks; its token is cancelled when nobody waits for it any more.</param>
    /// <returns>What was seen; null where the time was over first.</returns>
    public async Task<T?> TakeAsync<T>(Func<CancellationToken, Task<T>> probe, CancellationToken cancellationToken)
        where T : class
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var left = _deadline - context.Time.GetUtcNow();
            return left <= TimeSpan.Zero ? null : await probe(late.Token).WaitAsync(left, context.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await late.CancelAsync().ConfigureAwait(false);
            return null;
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();
}
