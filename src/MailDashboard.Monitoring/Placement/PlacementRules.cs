using System.Collections.Immutable;
using MailDashboard.Mail.Mailboxes;
using PlacementKind = MailDashboard.Monitoring.Persistence.Entities.Placement;

namespace MailDashboard.Monitoring.Placement;

/// <summary>Where one message to one seed was filed, the newest run first.</summary>
/// <param name="MailboxId">The seed.</param>
/// <param name="Placement">What was determined.</param>
public sealed record SeedPlacement(int MailboxId, PlacementKind Placement);

/// <summary>A seed where messages are filed worse than before.</summary>
/// <param name="MailboxId">The seed.</param>
/// <param name="Before">As a rule.</param>
/// <param name="Now">In the last two runs.</param>
public sealed record FallenSeed(int MailboxId, PlacementKind Before, PlacementKind Now);

/// <summary>What follows from where messages were filed. Pure.</summary>
public static class PlacementRules
{
    /// <summary>A message that has not arrived by then is missing: greylisting takes a quarter of an hour.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(30);

    /// <summary>A plan with one seed and at most this between two runs watches the way there and back.</summary>
    public const int RoundTripMinutes = 60;

    /// <summary>Between two runs at least: a provider that is sent to more often takes it for a machine's.</summary>
    public const int LeastMinutes = 10;

    public const int MostMinutes = 7 * 24 * 60;

    /// <summary>Runs in a row before anybody is told.</summary>
    private const int InRow = 2;

    public static bool IsRoundTrip(int seeds, int intervalMinutes) => seeds == 1 && intervalMinutes <= RoundTripMinutes;

    /// <summary>Whether something is known; nobody could look, or nothing was sent, is neither good nor bad.</summary>
    public static bool IsDetermined(PlacementKind placement) => placement is PlacementKind.Inbox or PlacementKind.Spam or PlacementKind.Elsewhere or PlacementKind.Missing;

    /// <summary>Spam or missing, where people would not see it.</summary>
    public static bool IsBad(PlacementKind placement) => placement is PlacementKind.Spam or PlacementKind.Missing;

    public static PlacementKind Of(FolderKind folder) => folder switch
    {
        FolderKind.Inbox => PlacementKind.Inbox,
        FolderKind.Spam => PlacementKind.Spam,
        _ => PlacementKind.Elsewhere,
    };

    /// <summary>What becomes of a message that is not there; null keeps waiting.</summary>
    /// <param name="isComplete">The mailbox could be read to the end.</param>
    /// <param name="seesAll">By IMAP; POP3 shows the inbox only, and what is not there may be in spam.</param>
    /// <param name="isOver">Its time is up.</param>
    public static PlacementKind? NotFound(bool isComplete, bool seesAll, bool isOver) =>
        !isOver ? null : isComplete && seesAll ? PlacementKind.Missing : PlacementKind.Unknown;

    /// <summary>Seeds whose last two placements are bad, where those before were the inbox.</summary>
    /// <param name="newestFirst">All seeds of a plan mixed, run by run.</param>
    public static ImmutableArray<FallenSeed> Fallen(IEnumerable<SeedPlacement> newestFirst) =>
    [
        .. from seed in newestFirst.Where(p => IsDetermined(p.Placement)).GroupBy(p => p.MailboxId)
           let placements = seed.Select(p => p.Placement).ToList()
           where placements.Count > InRow && placements.Take(InRow).All(IsBad)
           let before = placements.Skip(InRow).SkipWhile(IsBad).FirstOrDefault()
           where before == PlacementKind.Inbox
           select new FallenSeed(seed.Key, before, placements[0]),
    ];

    /// <summary>Whether the way there and back is broken; null while nobody knows.</summary>
    /// <param name="newestFirst">Of the one seed.</param>
    public static bool? IsRoundTripBroken(IReadOnlyList<PlacementKind> newestFirst)
    {
        // A message that was not handed in did not arrive either.
        var known = newestFirst.Where(p => IsDetermined(p) || p == PlacementKind.NotSent).Take(InRow).Select(p => p is PlacementKind.Missing or PlacementKind.NotSent).ToList();
        return known switch
        {
            [false, ..] => false,
            [true, true] => true,
            _ => null,
        };
    }
}
