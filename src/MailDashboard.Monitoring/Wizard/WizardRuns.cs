using MailDashboard.Mail.Publishing;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Persistence.Secrets;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>Keeps set-ups: every step, so that each can be taken up anywhere, by anybody, after any restart.</summary>
public sealed class WizardRuns(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, SecretProtector secrets, ChangeFeed feed, TimeProvider time)
{
    private const int MostListed = 50;
    private const int MostRead = 500;

    /// <summary>Begins one for a domain, or goes on with the unfinished one that there is: two people who begin at once get the same.</summary>
    public async Task<WizardStart> StartAsync(string typed, string by, CancellationToken cancellationToken)
    {
        if (!DomainName.TryParse(typed, out var name, out var problem, out var suggestion))
        {
            return new WizardStart.BadName(problem, suggestion);
        }

        var (row, isNew) = await writer.WriteAsync(
            async (db, token) =>
            {
                if (db.Database.IsNpgsql())
                {
                    // Else two who begin in the same moment would both find none.
                    await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({name.Ascii}))", token);
                }

                var there = await db.SetupRuns.AsNoTracking().Where(r => r.DomainName == name.Ascii && r.FinishedAt == null).OrderBy(r => r.Id).FirstOrDefaultAsync(token);
                if (there is not null)
                {
                    return (there, false);
                }

                var before = await db.SetupRuns.AsNoTracking().Where(r => r.DomainName == name.Ascii).OrderByDescending(r => r.FinishedAt).FirstOrDefaultAsync(token);
                var now = time.GetUtcNow();
                var made = new SetupRun
                {
                    DomainName = name.Ascii,
                    DomainId = await db.Domains.Where(d => d.Name == name.Ascii).Select(d => (int?)d.Id).FirstOrDefaultAsync(token),
                    Step = nameof(WizardStep.Domain),
                    StateJson = WizardJson.Write(before is null ? WizardState.Empty : WizardJson.Read(before.StateJson).Again()),
                    StartedBy = by,
                    StartedAt = now,
                    ChangedAt = now,
                    Version = 1,
                };
                db.SetupRuns.Add(made);
                await db.SaveChangesAsync(token);
                return (made, true);
            },
            cancellationToken);
        return isNew ? new WizardStart.Started(WizardRun.Of(row)) : new WizardStart.Resumed(WizardRun.Of(row));
    }

    /// <summary>One; null where it was discarded.</summary>
    public async Task<WizardRun?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SetupRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellationToken) is { } row ? WizardRun.Of(row) : null;
    }

    /// <summary>Those to go on with, the last touched first.</summary>
    public async Task<IReadOnlyList<WizardRun>> UnfinishedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.SetupRuns.AsNoTracking().Where(r => r.FinishedAt == null).OrderByDescending(r => r.ChangedAt).Take(MostListed).ToListAsync(cancellationToken);
        return [.. rows.Select(WizardRun.Of)];
    }

    /// <summary>
    /// Finished ones whose domain sends and has not taken DMARC to its last stage, the longest at theirs first. One a domain, none where a
    /// new one was begun.
    /// </summary>
    public async Task<IReadOnlyList<WizardRun>> WithNextStageAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.SetupRuns.AsNoTracking().Where(r => r.FinishedAt != null && !db.SetupRuns.Any(o => o.DomainName == r.DomainName && o.FinishedAt == null))
            .OrderByDescending(r => r.FinishedAt).Take(MostRead).ToListAsync(cancellationToken);
        return
        [
            .. rows.DistinctBy(r => r.DomainName).Select(WizardRun.Of)
                .Where(r => WizardRules.Roles(r.State).Sends && r.State.Records is { StageSince: not null, Stage: { } stage } && stage < DmarcStage.Reject)
                .OrderBy(r => r.State.Records!.StageSince).Take(MostListed),
        ];
    }

    /// <summary>Stores what was said and seen.</summary>
    /// <param name="read">The set-up as it was read: where somebody else has changed it since, nothing is stored.</param>
    /// <param name="state">What it comes to.</param>
    /// <param name="step">The step to go on with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<WizardSaved> SaveAsync(WizardRun read, WizardState state, WizardStep step, CancellationToken cancellationToken) => ChangeAsync(
        read,
        row => (row.StateJson, row.Step) = (WizardJson.Write(state), step.ToString()),
        cancellationToken);

    /// <summary>The set-up is complete; what was left open is said by its summary. A key that nobody saved is forgotten.</summary>
    public Task<WizardSaved> FinishAsync(WizardRun read, WizardState state, CancellationToken cancellationToken) => ChangeAsync(
        read,
        row => (row.StateJson, row.Step, row.FinishedAt, row.ProtectedJson) = (WizardJson.Write(state), nameof(WizardStep.Monitoring), time.GetUtcNow(), null),
        cancellationToken);

    /// <summary>Keeps secrets until the person has saved them, encrypted.</summary>
    public Task<WizardSaved> KeepSecretAsync(WizardRun read, WizardState state, string secret, CancellationToken cancellationToken)
    {
        var encrypted = secrets.Protect(SecretProtector.WizardSecret, secret);
        return ChangeAsync(read, row => (row.StateJson, row.ProtectedJson) = (WizardJson.Write(state), encrypted), cancellationToken);
    }

    /// <summary>What is kept; null where there is nothing, or it was forgotten.</summary>
    internal async Task<string?> ReadSecretAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return secrets.TryUnprotect(SecretProtector.WizardSecret, await db.SetupRuns.Where(r => r.Id == id).Select(r => r.ProtectedJson).FirstOrDefaultAsync(cancellationToken));
    }

    /// <summary>The person has it: it is gone from here for good.</summary>
    public Task<WizardSaved> ForgetSecretAsync(WizardRun read, CancellationToken cancellationToken) => ChangeAsync(read, row => row.ProtectedJson = null, cancellationToken);

    /// <summary>Removes a set-up. The domain, the profile and the records stay as they are.</summary>
    public async Task DiscardAsync(int id, CancellationToken cancellationToken)
    {
        await writer.WriteAsync((db, token) => db.SetupRuns.Where(r => r.Id == id).ExecuteDeleteAsync(token), cancellationToken);
        feed.Publish(new DashboardChange(null));
    }

    private Task<WizardSaved> ChangeAsync(WizardRun read, Action<SetupRun> change, CancellationToken cancellationToken) => writer.WriteAsync<WizardSaved>(
        async (db, token) =>
        {
            // Two who save in the same moment: the second is refused by the version at the commit, runs again, and finds the first.
            if (await db.SetupRuns.FirstOrDefaultAsync(r => r.Id == read.Id, token) is not { } row)
            {
                return new WizardSaved.Gone();
            }

            if (row.Version != read.Version)
            {
                return new WizardSaved.ChangedMeanwhile(WizardRun.Of(row));
            }

            change(row);
            row.DomainId = await db.Domains.Where(d => d.Name == row.DomainName).Select(d => (int?)d.Id).FirstOrDefaultAsync(token);
            (row.ChangedAt, row.Version) = (time.GetUtcNow(), row.Version + 1);
            return new WizardSaved.Done(WizardRun.Of(row));
        },
        cancellationToken);
}
