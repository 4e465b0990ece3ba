using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Persistence.Secrets;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>The SMTP profile by which the dashboard sends. Its password goes in and never comes out to a page.</summary>
public sealed class ProfileStore(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, SecretProtector secrets, ChangeFeed feed)
{
    /// <summary>The profile; null while none is set up.</summary>
    public async Task<ProfileView?> GetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) is { } p
            ? new ProfileView(p.Id, p.Name, p.Host, p.Port, p.Security, p.UserName, p.ProtectedPassword is not null, p.SenderAddress, p.SenderName, p.LastTestOkAt, p.LastTestAt, p.LastTestConversation)
            : null;

    /// <summary>Stores the profile.</summary>
    /// <returns>What is wrong; nothing was stored then. Empty where it was.</returns>
    public async Task<IReadOnlyList<ProfileProblem>> SaveAsync(ProfileDraft draft, CancellationToken cancellationToken)
    {
        var problems = await writer.WriteAsync(
            async (db, token) =>
            {
                var stored = await First(db.SmtpProfiles).FirstOrDefaultAsync(token);
                var wrong = ProfileRules.Check(draft, stored);
                if (wrong.Count == 0)
                {
                    Apply(db, stored, draft);
                }

                return wrong;
            },
            cancellationToken);
        if (problems.Count == 0)
        {
            feed.Publish(new DashboardChange(null));
        }

        return problems;
    }

    /// <summary>Removes the profile; what waits in the outbox keeps waiting.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await writer.WriteAsync((db, token) => db.SmtpProfiles.ExecuteDeleteAsync(token), cancellationToken);
        feed.Publish(new DashboardChange(null));
    }

    /// <summary>What the sender needs; null while there is no profile, or its password cannot be decrypted.</summary>
    internal async Task<SubmissionSettings?> GetSubmissionAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) is { } profile ? Submission(profile) : null;

    /// <summary>The settings of a draft, with the stored password where it may be kept.</summary>
    internal async Task<(SubmissionSettings? Settings, IReadOnlyList<ProfileProblem> Problems)> GetSubmissionAsync(ProfileDraft draft, CancellationToken cancellationToken)
    {
        var stored = await LoadAsync(cancellationToken);
        var problems = ProfileRules.Check(draft, stored);
        if (problems.Count > 0)
        {
            return (null, problems);
        }

        var password = string.IsNullOrEmpty(draft.Password) && ProfileRules.KeepsPassword(draft, stored)
            ? secrets.TryUnprotect(SecretProtector.ProfilePassword, stored!.ProtectedPassword)
            : draft.Password;
        return (new SubmissionSettings(draft.Host.Trim(), draft.Port, Map(draft.Security), Trimmed(draft.UserName), password, draft.SenderAddress.Trim(), Trimmed(draft.SenderName)), []);
    }

    /// <summary>Keeps how a test of the stored profile went.</summary>
    internal async Task RememberTestAsync(SendResult result, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(
            async (db, token) =>
            {
                if (await First(db.SmtpProfiles).FirstOrDefaultAsync(token) is { } profile)
                {
                    profile.LastTestAt = at;
                    profile.LastTestOkAt = result.IsAccepted ? at : profile.LastTestOkAt;
                    profile.LastTestConversation = result.IsAccepted ? null : string.Join('\n', result.Conversation);
                    await ChannelHealth.NoteAsync(db, channelId: null, Attempt.Of(result), at, token);
                }
            },
            cancellationToken);
        feed.Publish(new DashboardChange(null));
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static SubmissionSecurity Map(SmtpSecurity security) => security switch
    {
        SmtpSecurity.ImplicitTls => SubmissionSecurity.ImplicitTls,
        SmtpSecurity.StartTls => SubmissionSecurity.StartTls,
        _ => SubmissionSecurity.None,
    };

    private async Task<SmtpProfile?> LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await First(db.SmtpProfiles.AsNoTracking()).FirstOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<SmtpProfile> First(IQueryable<SmtpProfile> profiles) => profiles.OrderBy(p => p.Id);

    private SubmissionSettings Submission(SmtpProfile profile) => new(
        profile.Host,
        profile.Port,
        Map(profile.Security),
        profile.UserName,
        secrets.TryUnprotect(SecretProtector.ProfilePassword, profile.ProtectedPassword),
        profile.SenderAddress,
        profile.SenderName);

    private void Apply(DashboardContext db, SmtpProfile? stored, ProfileDraft draft)
    {
        var keeps = string.IsNullOrEmpty(draft.Password) && ProfileRules.KeepsPassword(draft, stored);
        var same = keeps || (stored is not null && stored.Host == draft.Host.Trim() && stored.Port == draft.Port && stored.UserName == Trimmed(draft.UserName) && string.IsNullOrEmpty(draft.Password));
        var profile = stored ?? db.SmtpProfiles.Add(new SmtpProfile { Name = "", Host = "", SenderAddress = "" }).Entity;
        var sender = draft.SenderAddress.Trim();
        if (!same || profile.Security != draft.Security || profile.SenderAddress != sender)
        {
            // What was proven is no longer what is used.
            (profile.LastTestOkAt, profile.LastTestAt, profile.LastTestConversation) = (null, null, null);
        }

        profile.Name = draft.Name.Trim();
        profile.Host = draft.Host.Trim();
        profile.Port = draft.Port;
        profile.Security = draft.Security;
        profile.UserName = Trimmed(draft.UserName);
        profile.SenderAddress = sender;
        profile.SenderName = Trimmed(draft.SenderName);
        if (!keeps)
        {
            profile.ProtectedPassword = string.IsNullOrEmpty(draft.Password) ? null : secrets.Protect(SecretProtector.ProfilePassword, draft.Password);
        }
    }
}
