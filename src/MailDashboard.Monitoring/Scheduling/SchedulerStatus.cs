using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>How the background work stands.</summary>
/// <param name="ResolverDownSince">Our resolver does not answer since then; audits wait.</param>
/// <param name="DnsServers">The servers that are asked.</param>
/// <param name="IsPort25Blocked">Our own probes suggest that this network closes port 25 outward.</param>
/// <param name="IsPort25Proven">Some server was reached on port 25 lately.</param>
/// <param name="DueCount">Domains that are due now.</param>
/// <param name="OldestDueAt">Since when the one that waits longest is due.</param>
/// <param name="RunningCount">Audits under way in this process.</param>
/// <param name="LastRoundAt">When the scheduler last looked for work in this process.</param>
/// <param name="LastFailure">Why the last round failed; null where it did not.</param>
public sealed record SchedulerView(
    DateTimeOffset? ResolverDownSince,
    IReadOnlyList<string> DnsServers,
    bool IsPort25Blocked,
    bool IsPort25Proven,
    int DueCount,
    DateTimeOffset? OldestDueAt,
    int RunningCount,
    DateTimeOffset? LastRoundAt,
    string? LastFailure);

/// <summary>Tells pages how the background work stands.</summary>
public sealed class SchedulerStatus(
    IDbContextFactory<DashboardContext> contexts,
    ConnectivityGuard guard,
    IPort25Vantage port25,
    LiveEngine engine,
    RunningAudits running,
    TimeProvider time)
{
    /// <summary>When the scheduler last looked for work.</summary>
    public DateTimeOffset? LastRoundAt { get; internal set; }

    /// <summary>Why the last round failed.</summary>
    public string? LastFailure { get; internal set; }

    public async Task<SchedulerView> GetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await db.Domains.Where(d => d.NextDueAt <= now)
            .GroupBy(_ => 1)
            .Select(g => new { Count = g.Count(), Oldest = g.Min(d => d.NextDueAt) })
            .SingleOrDefaultAsync(cancellationToken);
        return new SchedulerView(
            guard.DownSince, engine.DnsServers, port25.IsProbablyBlocked, port25.IsProven, due?.Count ?? 0, due?.Oldest, running.Count, LastRoundAt, LastFailure);
    }
}
