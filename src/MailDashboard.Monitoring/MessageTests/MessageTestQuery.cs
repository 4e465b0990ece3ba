using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.MessageTests;

/// <summary>Reads tests for the pages.</summary>
public sealed class MessageTestQuery(IDbContextFactory<DashboardContext> contexts)
{
    private const int MostPoints = 100;

    /// <summary>The newest first.</summary>
    public async Task<(IReadOnlyList<MessageTestView> Tests, int Total)> ListAsync(MessageTestFilter filter, int page, int size, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tests = Of(db, filter);
        return (await Views(db, tests.OrderByDescending(t => t.CreatedAt).ThenByDescending(t => t.Id).Skip(page * size).Take(size)).ToListAsync(cancellationToken), await tests.CountAsync(cancellationToken));
    }

    /// <summary>Those that wait, the newest first.</summary>
    public async Task<IReadOnlyList<MessageTestView>> UnderWayAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Views(db, db.MessageTests.AsNoTracking().Where(t => t.Status == MessageTestStatus.Waiting || t.Status == MessageTestStatus.Arrived).OrderByDescending(t => t.CreatedAt)).ToListAsync(cancellationToken);
    }

    /// <summary>Scores in the order of time.</summary>
    public async Task<IReadOnlyList<MessageTestPoint>> TrendAsync(MessageTestFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var points = await Of(db, filter).Where(t => t.Score != null && t.JudgedAt != null).OrderByDescending(t => t.JudgedAt).Take(MostPoints)
            .Select(t => new MessageTestPoint(t.Id, t.JudgedAt!.Value, t.Score!.Value, t.Subject)).ToListAsync(cancellationToken);
        points.Reverse();
        return points;
    }

    /// <summary>Domains of whose mail there are tests, by name.</summary>
    public async Task<IReadOnlyList<(int Id, string Name)>> DomainsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var domains = await db.Domains.Where(d => db.MessageTests.Any(t => t.DomainId == d.Id)).Select(d => new { d.Id, d.DisplayName }).ToListAsync(cancellationToken);
        return [.. domains.OrderBy(d => d.DisplayName, StringComparer.CurrentCultureIgnoreCase).Select(d => (d.Id, d.DisplayName))];
    }

    /// <summary>One test, and what was found; null where it is gone.</summary>
    public Task<(MessageTestView Test, MessageTestResult? Result)?> FindAsync(int id, CancellationToken cancellationToken) =>
        FindAsync(db => db.MessageTests.Where(t => t.Id == id), cancellationToken);

    /// <summary>The same for the holder of a link.</summary>
    public Task<(MessageTestView Test, MessageTestResult? Result)?> FindSharedAsync(string hash, DateTimeOffset now, CancellationToken cancellationToken) =>
        FindAsync(db => db.MessageTests.Where(t => t.ShareHash == hash && t.ShareEndsAt > now && t.Status == MessageTestStatus.Judged), cancellationToken);

    private async Task<(MessageTestView Test, MessageTestResult? Result)?> FindAsync(Func<DashboardContext, IQueryable<MessageTest>> which, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Views(db, which(db).AsNoTracking()).FirstOrDefaultAsync(cancellationToken) is not { } view)
        {
            return null;
        }

        var json = await db.MessageTests.Where(t => t.Id == view.Id).Select(t => t.VerdictJson).FirstOrDefaultAsync(cancellationToken);
        return (view, MessageTestResult.Read(json));
    }

    private static IQueryable<MessageTest> Of(DashboardContext db, MessageTestFilter filter) => db.MessageTests.AsNoTracking()
        .Where(t => (filter.DomainId == null || t.DomainId == filter.DomainId) && (filter.ProfileId == null || t.ProfileId == filter.ProfileId));

    /// <summary>Without the judgement itself, which is large.</summary>
    private static IQueryable<MessageTestView> Views(DashboardContext db, IQueryable<MessageTest> tests) => tests.Select(t => new MessageTestView(
        t.Id, t.Address, t.Status, t.IsBulk, t.MailboxId,
        db.Mailboxes.Where(m => m.Id == t.MailboxId).Select(m => m.Name).FirstOrDefault() ?? "",
        t.ProfileId, db.SmtpProfiles.Where(p => p.Id == t.ProfileId).Select(p => p.Name).FirstOrDefault(),
        t.DomainId, db.Domains.Where(d => d.Id == t.DomainId).Select(d => d.DisplayName).FirstOrDefault(),
        t.StartedBy, t.CreatedAt, t.ExpiresAt, t.SentAt, t.ReceivedAt, t.JudgedAt, t.From, t.Subject, t.Score, MessageTestProblem.Read(t.Problem), t.ShareEndsAt));
}
