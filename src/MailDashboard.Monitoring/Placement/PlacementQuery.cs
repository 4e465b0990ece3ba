using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Placement;

/// <summary>Reads runs for the pages.</summary>
public sealed class PlacementQuery(IDbContextFactory<DashboardContext> contexts)
{
    /// <summary>The newest runs first.</summary>
    /// <param name="planId">Of one plan; null for all.</param>
    /// <param name="most">How many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<PlacementRunView>> ListAsync(int? planId, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(db, db.PlacementRuns.Where(r => planId == null || r.PlanId == planId).OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(most), cancellationToken);
    }

    /// <summary>One run; null where it is gone.</summary>
    public async Task<PlacementRunView?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(db, db.PlacementRuns.Where(r => r.Id == id), cancellationToken) is [var run] ? run : null;
    }

    private static async Task<IReadOnlyList<PlacementRunView>> ReadAsync(DashboardContext db, IQueryable<PlacementRun> runs, CancellationToken cancellationToken)
    {
        var found = await runs.AsNoTracking().Include(r => r.Results).ToListAsync(cancellationToken);
        var (plans, profiles) = (found.Select(r => r.PlanId).ToList(), found.Select(r => r.ProfileId).ToList());
        var planNames = await db.PlacementPlans.Where(p => plans.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var profileNames = await db.SmtpProfiles.Where(p => profiles.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var mailboxes = await db.Mailboxes.AsNoTracking().Select(m => new { m.Id, m.Name, m.Provider, m.Protocol }).ToDictionaryAsync(m => m.Id, cancellationToken);
        return
        [
            .. found.Select(r => new PlacementRunView(
                r.Id, r.PlanId, planNames.GetValueOrDefault(r.PlanId ?? 0), r.ProfileId, profileNames.GetValueOrDefault(r.ProfileId ?? 0), r.StartedBy, r.StartedAt, r.Until, r.EndedAt,
                [
                    .. r.Results.Where(x => mailboxes.ContainsKey(x.MailboxId)).OrderBy(x => mailboxes[x.MailboxId].Name, StringComparer.CurrentCultureIgnoreCase).Select(x => new PlacementSeedView(
                        x.MailboxId, mailboxes[x.MailboxId].Name, mailboxes[x.MailboxId].Provider, mailboxes[x.MailboxId].Protocol == MailboxProtocol.Pop3, x.Placement, x.Folder, x.SentAt, x.ArrivedAt, PlacementHeaders.Read(x.HeadersJson), x.Problem)),
                ])),
        ];
    }
}
