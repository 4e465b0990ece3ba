using MailDashboard.Checks;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Persistence.Secrets;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>How storing a profile ended.</summary>
/// <param name="Id">Of the profile; null where nothing was stored.</param>
/// <param name="Problems">What is wrong; empty where it was stored, or somebody removed it meanwhile.</param>
public sealed record ProfileSaved(int? Id, IReadOnlyList<ProfileProblem> Problems);

/// <summary>The SMTP profiles. Their secrets go in and never come out to a page.</summary>
public sealed class ProfileStore(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, SecretProtector secrets, ChangeFeed feed, TimeProvider time)
{
    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<ProfileView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var profiles = await db.SmtpProfiles.AsNoTracking().Include(p => p.Domains).ToListAsync(cancellationToken);
        var notices = ForNotices(profiles.AsQueryable()).FirstOrDefault()?.Id;
        return [.. profiles.OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(p => p.Id).Select(p => ProfileView.Of(p, p.Id == notices))];
    }

    /// <summary>One; null where it is gone.</summary>
    public async Task<ProfileView?> FindAsync(int id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(p => p.Id == id);

    /// <summary>The one by which the dashboard itself sends; null while there is none.</summary>
    public async Task<ProfileView?> GetForNoticesAsync(CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(p => p.SendsNotices);

    /// <summary>Stores a profile. The first one is also the one by which the dashboard sends.</summary>
    /// <param name="id">Null makes a new one.</param>
    public async Task<ProfileSaved> SaveAsync(int? id, ProfileDraft draft, CancellationToken cancellationToken)
    {
        var saved = await writer.WriteAsync(
            async (db, token) =>
            {
                var stored = id is null ? null : await db.SmtpProfiles.Include(p => p.Domains).FirstOrDefaultAsync(p => p.Id == id, token);
                var problems = AccountRules.Check(draft, stored);
                if (problems.Count > 0 || (id is not null && stored is null))
                {
                    return new ProfileSaved(null, problems);
                }

                var profile = stored ?? db.SmtpProfiles.Add(new SmtpProfile { Name = "", Host = "", SenderAddress = "" }).Entity;
                Apply(profile, draft);
                profile.SendsNotices |= stored is null && !await db.SmtpProfiles.AnyAsync(token);
                var known = await db.Domains.Where(d => draft.DomainIds.Contains(d.Id)).Select(d => d.Id).ToListAsync(token);
                profile.Domains.RemoveAll(d => !known.Contains(d.DomainId));
                profile.Domains.AddRange(known.Except(profile.Domains.Select(d => d.DomainId)).Select(d => new ProfileDomain { DomainId = d }).ToList());
                await db.SaveChangesAsync(token);
                return new ProfileSaved(profile.Id, []);
            },
            cancellationToken);
        if (saved.Id is not null)
        {
            feed.Publish(new DashboardChange(null));
        }

        return saved;
    }

    /// <summary>What the dashboard itself sends goes by this one from now on.</summary>
    public Task UseForNoticesAsync(int id, CancellationToken cancellationToken) => ChangeAsync(
        (db, token) => db.SmtpProfiles.ExecuteUpdateAsync(s => s.SetProperty(p => p.SendsNotices, p => p.Id == id), token), cancellationToken);

    /// <summary>Removes a profile. What waits in the outbox goes by another, or keeps waiting.</summary>
    public Task DeleteAsync(int id, CancellationToken cancellationToken) => ChangeAsync(
        async (db, token) =>
        {
            await OwnAlerts.CloseAsync(db, Subject.Account("", id), [OwnFindings.ProfileFails, OwnFindings.ProfileCertificate], time.GetUtcNow(), token);
            return await db.SmtpProfiles.Where(p => p.Id == id).ExecuteDeleteAsync(token);
        },
        cancellationToken);

    /// <summary>What a sender needs; null where it is gone.</summary>
    internal async Task<SmtpProfile?> LoadAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SmtpProfiles.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
    }

    /// <summary>The profile by which the dashboard sends.</summary>
    internal async Task<SmtpProfile?> LoadForNoticesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ForNotices(db.SmtpProfiles.AsNoTracking()).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>A profile that is stored nowhere, as a draft describes it, with the stored secrets where they may be kept.</summary>
    internal async Task<(SmtpProfile? Profile, IReadOnlyList<ProfileProblem> Problems)> TryOutAsync(int? id, ProfileDraft draft, CancellationToken cancellationToken)
    {
        var profile = id is { } known ? await LoadAsync(known, cancellationToken) : null;
        var problems = AccountRules.Check(draft, profile);
        if (problems.Count > 0)
        {
            return (null, problems);
        }

        profile ??= new SmtpProfile { Name = "", Host = "", SenderAddress = "" };
        Apply(profile, draft);

        // No limit has counted for it, and no token is shared with the stored one.
        profile.Id = 0;
        (profile.PerMinute, profile.PerHour, profile.PerDay, profile.Connections) = (null, null, null, null);
        return (profile, []);
    }

    /// <summary>Keeps how a test of a stored profile went.</summary>
    internal async Task RememberTestAsync(int id, SendResult result, DateTimeOffset at, CancellationToken cancellationToken) => await ChangeAsync(
        async (db, token) =>
        {
            if (await db.SmtpProfiles.FirstOrDefaultAsync(p => p.Id == id, token) is { } profile)
            {
                profile.LastTestAt = at;
                profile.LastTestOkAt = result.IsAccepted ? at : profile.LastTestOkAt;
                profile.LastTestConversation = result.IsAccepted ? null : string.Join('\n', result.Conversation);
                if (await ForNotices(db.SmtpProfiles).Select(p => p.Id).FirstOrDefaultAsync(token) == id)
                {
                    await ChannelHealth.NoteAsync(db, channelId: null, Attempt.Of(result), at, token);
                }
            }

            return 0;
        },
        cancellationToken);

    /// <summary>The marked one before the oldest.</summary>
    internal static IQueryable<SmtpProfile> ForNotices(IQueryable<SmtpProfile> profiles) => profiles.OrderByDescending(p => p.SendsNotices).ThenBy(p => p.Id);

    private async Task ChangeAsync(Func<DashboardContext, CancellationToken, Task<int>> change, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(change, cancellationToken);
        feed.Publish(new DashboardChange(null));
    }

    private void Apply(SmtpProfile profile, ProfileDraft draft)
    {
        var before = Proof(profile);
        AccountSecrets.Apply(profile, draft, secrets);
        profile.Name = draft.Name.Trim() is { Length: > 0 } name ? name : profile.Host;
        profile.Preset = AccountSecrets.Trimmed(draft.Preset);
        profile.SenderAddress = draft.SenderAddress.Trim();
        profile.SenderName = AccountSecrets.Trimmed(draft.SenderName);
        (profile.PerMinute, profile.PerHour, profile.PerDay, profile.Connections) = (draft.Limits.PerMinute, draft.Limits.PerHour, draft.Limits.PerDay, draft.Limits.Connections);
        if (Proof(profile) != before)
        {
            // What was proven is no longer what is used.
            (profile.LastTestOkAt, profile.LastTestAt, profile.LastTestConversation) = (null, null, null);
            (profile.CheckedAt, profile.WorkedAt, profile.FailingSince, profile.NextCheckAt, profile.Problem) = (null, null, null, null, null);
        }
    }

    /// <summary>What a test has proven. A secret that is typed anew is encrypted anew, and differs.</summary>
    private static string Proof(SmtpProfile p) => string.Join(
        '\n', p.Host, p.Port, p.Security, p.SignInKind, p.UserName, p.ProtectedPassword, p.OAuthGrant, p.TokenEndpoint, p.ClientId, p.Scope, p.ProtectedClientSecret,
        p.ProtectedServiceKey, p.ProtectedRefreshToken, p.ProtectedCertificate, p.SenderAddress);
}
