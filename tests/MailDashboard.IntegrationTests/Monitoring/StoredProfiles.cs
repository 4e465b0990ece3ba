using MailDashboard.Monitoring.Profiles;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>Most tests send by one profile only.</summary>
internal static class StoredProfiles
{
    /// <summary>Stores the profile by which the dashboard sends, or changes it.</summary>
    public static async Task<IReadOnlyList<ProfileProblem>> SaveForNoticesAsync(this ProfileStore store, ProfileDraft draft, CancellationToken cancellationToken) =>
        (await store.SaveAsync((await store.GetForNoticesAsync(cancellationToken))?.Id, draft, cancellationToken)).Problems;
}
