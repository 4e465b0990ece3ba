using System.Collections.Immutable;
using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Rules;

/// <summary>A rule as the pages show it.</summary>
/// <param name="Id">Of its row.</param>
/// <param name="Name">As people called it; null for a shipped one.</param>
/// <param name="Preset">Key of the shipped rule it began as.</param>
/// <param name="IsEnabled">It tells.</param>
/// <param name="Terms">What it tells of, and how.</param>
/// <param name="Channels">By what.</param>
public sealed record RuleView(int Id, string? Name, string? Preset, bool IsEnabled, RuleTerms Terms, IReadOnlyList<(int Id, string Name)> Channels)
{
    public RuleDraft ToDraft() => new(Name, IsEnabled, Terms, [.. Channels.Select(c => c.Id)]);
}

/// <summary>The rules: read, changed, removed.</summary>
public sealed class RuleStore(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, RuleBook book, ChangeFeed feed, TimeProvider time)
{
    public const int MostRules = 200;

    public async Task<IReadOnlyList<RuleView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var channels = await db.NotificationChannels.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Name, cancellationToken);
        var rows = await db.NotificationRules.AsNoTracking().Include(r => r.Channels).OrderBy(r => r.Id).Take(MostRules).ToListAsync(cancellationToken);
        return [.. rows.Select(r => View(r, channels))];
    }

    /// <summary>One rule; null where it is gone.</summary>
    public async Task<RuleView?> ReadAsync(int id, CancellationToken cancellationToken) => (await ListAsync(cancellationToken)).FirstOrDefault(r => r.Id == id);

    /// <summary>Every channel that a rule may tell by.</summary>
    public async Task<IReadOnlyList<(int Id, string Name, ChannelKind Kind)>> ChannelsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.NotificationChannels.AsNoTracking().OrderBy(c => c.Id).Select(c => new { c.Id, c.Name, c.Kind }).ToListAsync(cancellationToken);
        return [.. rows.Select(c => (c.Id, c.Name, c.Kind))];
    }

    /// <summary>Writes a rule anew, or over the one of that id.</summary>
    /// <returns>What is wrong; nothing was stored then. Null for the id where it is gone.</returns>
    public async Task<(int? Id, IReadOnlyList<RuleProblem> Problems)> SaveAsync(int? id, RuleDraft draft, CancellationToken cancellationToken)
    {
        var (stored, problems) = await writer.WriteAsync((db, token) => WriteAsync(db, id, draft, time.GetUtcNow(), token), cancellationToken);
        if (stored is not null && problems.Count == 0)
        {
            Changed();
        }

        return (stored?.Id, problems);
    }

    /// <summary>Switches a rule on or off.</summary>
    /// <returns>False where it is gone, or tells by no channel.</returns>
    public async Task<bool> EnableAsync(int id, bool isEnabled, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var done = await writer.WriteAsync(
            (db, token) => db.NotificationRules.Where(r => r.Id == id && (!isEnabled || r.Channels.Count > 0))
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.IsEnabled, isEnabled).SetProperty(r => r.ChangedAt, now), token),
            cancellationToken) > 0;
        Changed();
        return done;
    }

    public async Task DeleteAsync(int id, CancellationToken cancellationToken)
    {
        await writer.WriteAsync((db, token) => db.NotificationRules.Where(r => r.Id == id).ExecuteDeleteAsync(token), cancellationToken);
        Changed();
    }

    private static async Task<(NotificationRule? Stored, IReadOnlyList<RuleProblem> Problems)> WriteAsync(
        DashboardContext db, int? id, RuleDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = id is null ? null : await db.NotificationRules.Include(r => r.Channels).FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (id is not null && row is null)
        {
            return (null, []);
        }

        var problems = RuleDrafts.Check(draft, row?.Preset is not null).ToList();
        if (row is null && await db.NotificationRules.CountAsync(cancellationToken) >= MostRules)
        {
            problems.Add(new RuleProblem(nameof(RuleDraft.Name), RuleFault.TooMany));
        }

        if (problems.Count > 0)
        {
            return (row, problems);
        }

        if (row is { IsEnabled: true } && draft.IsEnabled)
        {
            await OwedNotices.KeepAsync(db, RuleBook.Of(row), now, cancellationToken);
        }

        row ??= db.NotificationRules.Add(new NotificationRule { TermsJson = "" }).Entity;
        var known = await db.NotificationChannels.Where(c => draft.ChannelIds.ToArray().Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken);
        row.Name = string.IsNullOrWhiteSpace(draft.Name) ? null : draft.Name.Trim();
        row.IsEnabled = draft.IsEnabled;
        row.TermsJson = RuleDrafts.Normalise(draft.Terms).Write();
        row.ChangedAt = now;
        row.Channels.RemoveAll(c => !known.Contains(c.ChannelId));
        row.Channels.AddRange(known.Where(k => !row.Channels.Exists(c => c.ChannelId == k)).Select(k => new RuleChannel { ChannelId = k }));
        await db.SaveChangesAsync(cancellationToken);
        return (row, []);
    }

    private static RuleView View(NotificationRule row, Dictionary<int, string> channels) => new(
        row.Id,
        row.Name,
        row.Preset,
        row.IsEnabled,
        RuleTerms.Read(row.TermsJson),
        [.. row.Channels.Select(c => (c.ChannelId, channels.GetValueOrDefault(c.ChannelId, ""))).OrderBy(c => c.ChannelId)]);

    private void Changed()
    {
        book.Forget();
        feed.Publish(new DashboardChange(null));
    }
}
