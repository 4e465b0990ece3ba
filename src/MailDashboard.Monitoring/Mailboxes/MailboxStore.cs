using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Persistence.Secrets;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Mailboxes;

/// <summary>The mailboxes that we read. Their secrets go in and never come out to a page.</summary>
public sealed class MailboxStore(
    IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, SecretProtector secrets, MailboxAccess access, ChangeFeed feed, TimeProvider time)
{
    private const int LongestProblem = 1000;

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<MailboxView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var mailboxes = await db.Mailboxes.AsNoTracking().ToListAsync(cancellationToken);
        return [.. mailboxes.OrderBy(m => m.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(m => m.Id).Select(MailboxView.Of)];
    }

    /// <summary>One; null where it is gone.</summary>
    public async Task<MailboxView?> FindAsync(int id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) is { } mailbox ? MailboxView.Of(mailbox) : null;

    /// <param name="id">Null makes a new one.</param>
    public async Task<MailboxSaved> SaveAsync(int? id, MailboxDraft draft, CancellationToken cancellationToken)
    {
        var saved = await writer.WriteAsync(
            async (db, token) =>
            {
                var stored = id is null ? null : await db.Mailboxes.FirstOrDefaultAsync(m => m.Id == id, token);
                var problems = MailboxRules.Check(draft, stored);
                if (problems.Count > 0 || (id is not null && stored is null))
                {
                    return new MailboxSaved(null, problems);
                }

                var mailbox = stored ?? db.Mailboxes.Add(new Mailbox { Name = "", Host = "", Address = "" }).Entity;
                Apply(mailbox, draft);
                await db.SaveChangesAsync(token);
                return new MailboxSaved(mailbox.Id, []);
            },
            cancellationToken);
        if (saved.Id is not null)
        {
            feed.Publish(new DashboardChange(null));
        }

        return saved;
    }

    /// <summary>Removes it, with the tests that were made in it.</summary>
    public async Task DeleteAsync(int id, CancellationToken cancellationToken)
    {
        await writer.WriteAsync((db, token) => db.Mailboxes.Where(m => m.Id == id).ExecuteDeleteAsync(token), cancellationToken);
        feed.Publish(new DashboardChange(null));
    }

    /// <summary>Signs in as a draft says and reads the folders, without storing anything.</summary>
    /// <param name="id">The stored mailbox whose secrets are kept; null for a new one.</param>
    public async Task<MailboxTrial> TryAsync(int? id, MailboxDraft draft, CancellationToken cancellationToken)
    {
        var mailbox = id is { } known ? await LoadAsync(known, cancellationToken) : null;
        var problems = MailboxRules.Check(draft, mailbox);
        if (problems.Count > 0)
        {
            return new MailboxTrial(null, problems);
        }

        mailbox ??= new Mailbox { Name = "", Host = "", Address = "" };
        Apply(mailbox, draft);

        // No token is shared with the stored one.
        mailbox.Id = 0;
        return new MailboxTrial(await access.TryAsync(mailbox, cancellationToken), []);
    }

    internal async Task<Mailbox?> LoadAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancellationToken);
    }

    /// <summary>Keeps how the last look went.</summary>
    /// <returns>True where that differs from the one before.</returns>
    internal async Task<bool> RememberAsync(int id, MailboxLook look, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var problem = look.IsComplete ? null : $"{look.Stage}: {look.Detail}";
        problem = problem?.Length > LongestProblem ? problem[..LongestProblem] : problem;
        return await writer.WriteAsync(
            async (db, ct) =>
            {
                if (await db.Mailboxes.FirstOrDefaultAsync(m => m.Id == id, ct) is not { } mailbox)
                {
                    return false;
                }

                var isNews = mailbox.Problem != problem || mailbox.CheckedAt is null;
                mailbox.CheckedAt = now;
                mailbox.WorkedAt = look.IsComplete ? now : mailbox.WorkedAt;
                mailbox.FailingSince = look.IsComplete ? null : mailbox.FailingSince ?? now;
                mailbox.Problem = problem;
                await db.SaveChangesAsync(ct);
                return isNews;
            },
            cancellationToken);
    }

    private void Apply(Mailbox mailbox, MailboxDraft draft)
    {
        AccountSecrets.Apply(mailbox, draft, secrets);
        mailbox.Name = draft.Name.Trim() is { Length: > 0 } name ? name : draft.Address.Trim();
        mailbox.Protocol = draft.Protocol;
        mailbox.Address = draft.Address.Trim();
        mailbox.Addressing = draft.Addressing;
        mailbox.IsSeed = draft.IsSeed;
        mailbox.Provider = MailboxPresets.Find(draft.Provider)?.Id;
        mailbox.SpamFolder = AccountSecrets.Trimmed(draft.SpamFolder);
        mailbox.Relays = AccountSecrets.Trimmed(draft.Relays);

        // What was seen of it may have been another server, or another password.
        (mailbox.CheckedAt, mailbox.WorkedAt, mailbox.FailingSince, mailbox.NextCheckAt, mailbox.Problem) = (null, null, null, null, null);
    }
}
