using System.Text.Json;
using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>
/// The best moves of every domain, in memory: they are within each score's detail, and reading ten thousand of those for a page would be
/// slow. What another process audited is found by the time of the audit.
/// </summary>
public sealed class PortfolioMoves(IDbContextFactory<DashboardContext> contexts, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(5);

    /// <summary>A transaction bears a time before its commit, and clocks differ a little.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile IReadOnlyDictionary<int, ScoreMove[]> _moves = new Dictionary<int, ScoreMove[]>();
    private DateTimeOffset? _readAt;

    /// <summary>By domain, a few seconds old at most. The first reader of a process waits for all of them.</summary>
    public async Task<IReadOnlyDictionary<int, ScoreMove[]>> GetAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (_readAt is not { } last || now - last > MaximumAge || now < last)
            {
                // After a clock was set back, everything: "audited since" would find nothing for a while.
                await ReadAsync(_readAt is { } at && now >= at ? at - Overlap : null, cancellationToken);
                _readAt = now;
            }

            return _moves;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scored = db.Domains.Where(d => d.Score != null);
        var looked = since is { } from ? scored.Where(d => d.LastAuditAt >= from) : scored;
        var current = looked.Select(d => db.Scores.Where(s => s.DomainId == d.Id).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Select(s => (long?)s.Id).FirstOrDefault());
        var there = await scored.Select(d => d.Id).ToListAsync(cancellationToken);
        var known = _moves;
        var moves = new Dictionary<int, ScoreMove[]>(there.Count);
        foreach (var id in since is null ? [] : there)
        {
            if (known.TryGetValue(id, out var kept))
            {
                moves[id] = kept;
            }
        }

        await foreach (var row in db.Scores.AsNoTracking().Where(s => current.Contains(s.Id)).Select(s => new { s.DomainId, s.DetailJson }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            moves[row.DomainId] = Parse(row.DetailJson);
        }

        _moves = moves;
    }

    /// <summary>Only the moves: the rest of a score is not even made into objects.</summary>
    internal static ScoreMove[] Parse(string detail)
    {
        using var json = JsonDocument.Parse(detail);
        return json.RootElement.TryGetProperty("bestMoves", out var moves)
            ? [.. moves.EnumerateArray().Select(m => new ScoreMove(Known(m.GetProperty("subtest").GetString()!), m.GetProperty("gain").GetDouble()))]
            : [];
    }

    /// <summary>One string for all domains.</summary>
    private static string Known(string subtest) => ScoreTable.Find(subtest)?.Subtest ?? subtest;
}
