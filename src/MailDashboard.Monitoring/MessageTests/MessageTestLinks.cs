using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Persistence.Secrets;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.MessageTests;

/// <summary>Links by which somebody without an account reads one judged test until the end. The token is known to its holder only.</summary>
public sealed class MessageTestLinks(DatabaseWriter writer, MessageTestQuery tests, ChangeFeed feed, TimeProvider time)
{
    /// <summary>Makes a link; one that was made before ends.</summary>
    /// <param name="id">Of the test.</param>
    /// <param name="days">How long it works, cut to 1–90.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The token, this once; null where there is no judged test.</returns>
    public async Task<string?> CreateAsync(int id, int days, CancellationToken cancellationToken)
    {
        var token = LinkToken.New();
        return await SetAsync(id, LinkToken.Hash(token), LinkToken.EndsAt(time.GetUtcNow(), days), cancellationToken) ? token : null;
    }

    /// <summary>Ends it now.</summary>
    public Task RevokeAsync(int id, CancellationToken cancellationToken) => SetAsync(id, null, null, cancellationToken);

    /// <returns>What a token shows; null, without a word why, where there is none that works.</returns>
    public async Task<(MessageTestView Test, MessageTestResult Result)?> FindAsync(string token, CancellationToken cancellationToken) =>
        await tests.FindSharedAsync(LinkToken.Hash(token), time.GetUtcNow(), cancellationToken) is { Result: { } result } found ? (found.Test, result) : null;

    private async Task<bool> SetAsync(int id, string? hash, DateTimeOffset? endsAt, CancellationToken cancellationToken)
    {
        var isDone = await writer.WriteAsync(
            (db, ct) => db.MessageTests.Where(t => t.Id == id && t.Status == MessageTestStatus.Judged)
                .ExecuteUpdateAsync(s => s.SetProperty(t => t.ShareHash, hash).SetProperty(t => t.ShareEndsAt, endsAt), ct),
            cancellationToken) > 0;
        feed.Publish(new DashboardChange(null));
        return isDone;
    }
}
