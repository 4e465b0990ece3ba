using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;

namespace MailDashboard.Monitoring.Recording;

/// <summary>
/// Changes what people stated about findings of one domain, and judges again what follows from it: findings and counts are right in
/// the same transaction.
/// </summary>
public sealed class DomainRevision(DatabaseWriter writer, ChangeFeed feed, TimeProvider time)
{
    /// <param name="gone">What is returned where the domain is gone.</param>
    /// <param name="change">May run again.</param>
    internal async Task<T> ReviseAsync<T>(int domainId, T gone, Func<DomainMemory, DateTimeOffset, CancellationToken, Task<T>> change, CancellationToken cancellationToken)
    {
        var (result, isThere) = await writer.WriteAsync(
            async (db, token) =>
            {
                if (await DomainMemory.LoadAsync(db, domainId, token) is not { } memory)
                {
                    return (gone, false);
                }

                var now = time.GetUtcNow();
                var done = await change(memory, now, token);
                Standing.Apply(memory, now);
                DomainSummary.Count(memory, now);
                return (done, true);
            },
            cancellationToken);
        if (isThere)
        {
            feed.Publish(new DashboardChange(domainId));
        }

        return result;
    }
}
