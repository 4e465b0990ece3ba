using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Persistence.Secrets;
using MailDashboard.Monitoring.Portfolio;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Reports;

/// <summary>Links by which somebody without an account reads one report until the end. The token is known to its holder only.</summary>
public sealed class ReportLinks(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, TimeProvider time)
{
    private const int MostShown = 200;

    /// <summary>Who looks through what was shared finds it for so long.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    /// <summary>"Last used" is not worth a write at every look.</summary>
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(1);

    /// <param name="days">How long it works, cut to 1–90.</param>
    /// <returns>The token, this once.</returns>
    public async Task<string> CreateAsync(ReportPeriod period, string tag, string language, int days, string createdBy, CancellationToken cancellationToken)
    {
        var (now, token) = (time.GetUtcNow(), LinkToken.New());
        var (ends, forgotten) = (LinkToken.EndsAt(now, days), now - Remembered);
        await writer.WriteAsync(
            async (db, ct) =>
            {
                await db.ReportLinks.Where(l => l.ExpiresAt < forgotten || l.RevokedAt < forgotten).ExecuteDeleteAsync(ct);
                db.ReportLinks.Add(new ReportLink
                {
                    TokenHash = LinkToken.Hash(token),
                    From = period.From,
                    To = period.To,
                    Tag = tag,
                    Language = language,
                    CreatedAt = now,
                    CreatedBy = createdBy,
                    ExpiresAt = ends,
                });
            },
            cancellationToken);
        return token;
    }

    /// <returns>The link of a token; null, without a word why, where there is none that works.</returns>
    public async Task<ReportLink?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (LinkToken.Hash(token), time.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var link = await db.ReportLinks.AsNoTracking().FirstOrDefaultAsync(l => l.TokenHash == hash, cancellationToken);
        if (link is null || link.RevokedAt is not null || link.ExpiresAt <= now)
        {
            return null;
        }

        if (link.LastUsedAt is not { } used || now - used >= UseNoted)
        {
            await writer.WriteAsync((context, ct) => context.ReportLinks.Where(l => l.Id == link.Id).ExecuteUpdateAsync(s => s.SetProperty(l => l.LastUsedAt, now), ct), cancellationToken);
        }

        return link;
    }

    /// <summary>The latest first, those that ended lately among them.</summary>
    public async Task<IReadOnlyList<ReportLink>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ReportLinks.AsNoTracking().OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Id).Take(MostShown).ToListAsync(cancellationToken);
    }

    /// <summary>Ends it now; one that ended stays as it was.</summary>
    public Task RevokeAsync(int id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return writer.WriteAsync((db, ct) => db.ReportLinks.Where(l => l.Id == id && l.RevokedAt == null).ExecuteUpdateAsync(s => s.SetProperty(l => l.RevokedAt, now), ct), cancellationToken);
    }
}
