using System.Collections.Immutable;
using PlacementKind = MailDashboard.Monitoring.Persistence.Entities.Placement;

namespace MailDashboard.Monitoring.Placement;

/// <summary>One seed of a run, as pages see it.</summary>
/// <remarks>Read by POP3, which shows the inbox only, it can say that a message arrived, and never that it did not.</remarks>
public sealed record PlacementSeedView(
    int MailboxId, string MailboxName, string? Provider, bool SeesInboxOnly, PlacementKind Placement, string? Folder, DateTimeOffset? SentAt, DateTimeOffset? ArrivedAt, ImmutableArray<ProviderField> Headers, string? Problem)
{
    /// <summary>The inbox was read to the end, and nothing else can be.</summary>
    public bool IsNotInInbox => Placement == PlacementKind.Unknown && SeesInboxOnly && Problem is null;

    /// <summary>What the provider said of it.</summary>
    public ImmutableArray<ProviderSaying> Said => ProviderSayings.Of(Headers);

    /// <summary>From our handing it in to the arrival that the mailbox's server notes; clocks may differ, and it never is less than nothing.</summary>
    public TimeSpan? Took => SentAt is { } sent && ArrivedAt is { } arrived ? arrived > sent ? arrived - sent : TimeSpan.Zero : null;
}

/// <summary>A run, as pages see it.</summary>
public sealed record PlacementRunView(
    int Id, int? PlanId, string? PlanName, int? ProfileId, string? ProfileName, string? StartedBy, DateTimeOffset StartedAt, DateTimeOffset Until, DateTimeOffset? EndedAt, ImmutableArray<PlacementSeedView> Seeds)
{
    public int Count(PlacementKind placement) => Seeds.Count(s => s.Placement == placement);

    /// <summary>Seeds of which something is known.</summary>
    public int Determined => Seeds.Count(s => PlacementRules.IsDetermined(s.Placement));
}

/// <summary>A plan, as typed.</summary>
public sealed record PlacementPlanDraft(string Name, int ProfileId, IReadOnlyList<int> MailboxIds, int IntervalMinutes, bool IsEnabled = true);

/// <summary>What is wrong with a run or a plan.</summary>
public enum PlacementFault
{
    /// <summary>No name.</summary>
    NoName,

    /// <summary>The profile is gone.</summary>
    NoProfile,

    /// <summary>No mailbox is chosen, or none of them is there.</summary>
    NoMailbox,

    /// <summary>Too often, or too seldom.</summary>
    BadInterval,
}

/// <summary>A plan, as pages see it.</summary>
public sealed record PlacementPlanView(
    int Id, string Name, int ProfileId, string ProfileName, ImmutableArray<(int Id, string Name)> Mailboxes, int IntervalMinutes, bool IsEnabled, DateTimeOffset NextAt, PlacementRunView? Last)
{
    public bool IsRoundTrip => PlacementRules.IsRoundTrip(Mailboxes.Length, IntervalMinutes);
}
