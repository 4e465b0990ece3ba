using System.Collections.Immutable;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Rules;

/// <summary>A rule that is switched on.</summary>
/// <param name="Id">Of its row.</param>
/// <param name="Name">As people called it; null for a shipped one, which is named in the reader's language.</param>
/// <param name="Preset">Key of the shipped rule it began as.</param>
/// <param name="Terms">What it tells of, and how.</param>
/// <param name="ChannelIds">By what.</param>
/// <param name="ChangedAt">What was open before then is not told because of it, unless it owed that already.</param>
public sealed record ActiveRule(int Id, string? Name, string? Preset, RuleTerms Terms, ImmutableArray<int> ChannelIds, DateTimeOffset ChangedAt);

/// <summary>The rules that are switched on, kept in memory and read again when they change here, or every quarter of a minute.</summary>
public sealed class RuleBook(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(15);

    private volatile Snapshot? _snapshot;

    /// <summary>Not older than 15 seconds.</summary>
    public async Task<ImmutableArray<ActiveRule>> GetAsync(CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (snapshot is null || (time.GetUtcNow() - snapshot.ReadAt).Duration() > MaximumAge)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            _snapshot = snapshot = new Snapshot(await ReadAsync(db, cancellationToken), time.GetUtcNow());
        }

        return snapshot.Rules;
    }

    /// <summary>Reads them again at the next question.</summary>
    public void Forget() => _snapshot = null;

    /// <summary>As they are now.</summary>
    internal static async Task<ImmutableArray<ActiveRule>> ReadAsync(DashboardContext db, CancellationToken cancellationToken)
    {
        var rows = await db.NotificationRules.AsNoTracking().Where(r => r.IsEnabled).Include(r => r.Channels).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(Of)];
    }

    internal static ActiveRule Of(NotificationRule row) =>
        new(row.Id, row.Name, row.Preset, RuleTerms.Read(row.TermsJson), [.. row.Channels.Select(c => c.ChannelId).Order()], row.ChangedAt);

    private sealed record Snapshot(ImmutableArray<ActiveRule> Rules, DateTimeOffset ReadAt);
}
