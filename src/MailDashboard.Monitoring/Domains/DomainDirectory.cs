using MailDashboard.Monitoring.Compliance;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Domains;

/// <summary>How adding, editing or deleting a domain ended.</summary>
public abstract record DomainChange
{
    private DomainChange()
    {
    }

    /// <summary>Done.</summary>
    public sealed record Done(int Id, DomainName Name) : DomainChange;

    /// <summary>Not a name that can be monitored.</summary>
    public sealed record BadName(string Typed, DomainNameProblem Problem, string? Suggestion) : DomainChange;

    /// <summary>It is there already.</summary>
    public sealed record Duplicate(int Id, DomainName Name) : DomainChange;

    /// <summary>Some field cannot be taken; nothing was stored.</summary>
    public sealed record BadDraft(IReadOnlyList<DraftProblem> Problems) : DomainChange;

    /// <summary>Somebody deleted it meanwhile.</summary>
    public sealed record Gone : DomainChange;

    /// <summary>Somebody else changed it since it was read; nothing was stored.</summary>
    public sealed record ChangedMeanwhile : DomainChange;
}

/// <summary>Adds, edits and deletes domains. A new domain is due at once.</summary>
public sealed class DomainDirectory(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, ChangeFeed feed, TimeProvider time)
{
    /// <summary>Adds one domain.</summary>
    public async Task<DomainChange> AddAsync(string typed, DomainDraft draft, CancellationToken cancellationToken)
    {
        if (!DomainName.TryParse(typed, out var name, out var problem, out var suggestion))
        {
            return new DomainChange.BadName(typed, problem, suggestion);
        }

        var (clean, problems) = DomainDraftValidation.Normalise(draft);
        if (problems.Count > 0)
        {
            return new DomainChange.BadDraft(problems);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, name, cancellationToken) is { } existing)
        {
            return new DomainChange.Duplicate(existing, name);
        }

        var domain = Create(name, clean, time.GetUtcNow());
        db.Domains.Add(domain);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Two people added it in the same moment: the unique index decides, and the second is told so.
            db.ChangeTracker.Clear();
            if (await FindAsync(db, name, cancellationToken) is { } winner)
            {
                return new DomainChange.Duplicate(winner, name);
            }

            throw;
        }

        feed.Publish(new DashboardChange(domain.Id));
        return new DomainChange.Done(domain.Id, name);
    }

    /// <summary>Stores what a person states about a domain; it is looked at again at once.</summary>
    /// <param name="read">What was stated when the person began: where somebody else has changed that, nothing is stored.</param>
    public async Task<DomainChange> EditAsync(int id, DomainDraft draft, DomainDraft read, CancellationToken cancellationToken)
    {
        var (clean, problems) = DomainDraftValidation.Normalise(draft);
        if (problems.Count > 0)
        {
            return new DomainChange.BadDraft(problems);
        }

        var change = await writer.WriteAsync<DomainChange>(
            async (db, ct) =>
            {
                if (db.Database.IsNpgsql())
                {
                    // Else two who save in the same moment would both find what they had read.
                    await db.Database.ExecuteSqlAsync($"SELECT id FROM domains WHERE id = {id} FOR UPDATE", ct);
                }

                var domain = await db.Domains.Include(d => d.Tags).SingleOrDefaultAsync(d => d.Id == id, ct);
                if (domain is null)
                {
                    return new DomainChange.Gone();
                }

                if (!DomainDraft.Of(domain).States(read))
                {
                    return new DomainChange.ChangedMeanwhile();
                }

                Apply(domain, clean);
                MakeDue(domain, time.GetUtcNow());

                // What providers ask for hangs on the roles and on the volume: the list is right at once, not after the next audit.
                if (await DomainMemory.LoadAsync(db, id, ct) is { } memory)
                {
                    ComplianceLedger.Write(memory);
                }

                return new DomainChange.Done(id, new DomainName(domain.Name, domain.DisplayName));
            },
            cancellationToken);
        if (change is DomainChange.Done)
        {
            feed.Publish(new DashboardChange(id));
        }

        return change;
    }

    /// <summary>Deletes a domain with its history. Alerts that concerned it alone are closed without a message.</summary>
    public async Task<DomainChange> DeleteAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var domain = await db.Domains.SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
        if (domain is null)
        {
            return new DomainChange.Gone();
        }

        var now = time.GetUtcNow();
        var orphans = await db.Alerts
            .Where(a => a.ResolvedAt == null && a.Domains.Any(d => d.DomainId == id) && a.Domains.All(d => d.DomainId == id))
            .ToListAsync(cancellationToken);
        foreach (var alert in orphans)
        {
            alert.Status = AlertStatus.Resolved;
            alert.ResolvedAt = now;
            (alert.NextLookAt, alert.NoticeDueAt) = (null, null);
        }

        db.Domains.Remove(domain);
        await db.SaveChangesAsync(cancellationToken);
        feed.Publish(new DashboardChange(null));
        return new DomainChange.Done(id, new DomainName(domain.Name, domain.DisplayName));
    }

    internal static MailDomain Create(DomainName name, DomainDraft clean, DateTimeOffset now)
    {
        var domain = new MailDomain { Name = name.Ascii, DisplayName = name.Display, CreatedAt = now };
        Apply(domain, clean);
        MakeDue(domain, now);
        return domain;
    }

    private static void Apply(MailDomain domain, DomainDraft clean)
    {
        domain.Sends = clean.Sends;
        domain.Receives = clean.Receives;
        domain.Selectors = [.. clean.Selectors];
        domain.SendingAddresses = [.. clean.SendingAddresses];
        domain.OwnHosts = [.. clean.OwnHosts];
        domain.ClientHosts = [.. clean.ClientHosts];
        domain.DailyVolume = clean.DailyVolume;
        domain.IsStrict = clean.IsStrict;
        domain.DnsIntervalMinutes = clean.DnsIntervalMinutes;
        domain.BlocklistIntervalMinutes = clean.BlocklistIntervalMinutes;
        domain.ConnectionIntervalMinutes = clean.ConnectionIntervalMinutes;
        domain.Tags.RemoveAll(t => !clean.Tags.Contains(t.Tag));
        domain.Tags.AddRange(clean.Tags.Where(t => domain.Tags.All(have => have.Tag != t)).Select(t => new DomainTag { Tag = t }));
    }

    private static void MakeDue(MailDomain domain, DateTimeOffset now) =>
        domain.NextDueAt = domain.NextDnsAt = domain.NextBlocklistAt = domain.NextConnectionAt = now;

    private static async Task<int?> FindAsync(DashboardContext db, DomainName name, CancellationToken cancellationToken) =>
        await db.Domains.Where(d => d.Name == name.Ascii).Select(d => (int?)d.Id).SingleOrDefaultAsync(cancellationToken);
}
