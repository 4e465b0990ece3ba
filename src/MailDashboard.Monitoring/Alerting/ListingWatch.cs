using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>What one audit says about one listing that may be alerted.</summary>
/// <param name="Look">There, not there, or could not look.</param>
/// <param name="IsWatched">False where this domain no longer has anything to do with the address: it says nothing about the listing.</param>
/// <param name="Finding">Set where it is there.</param>
public sealed record ListingObservation(AlertLook Look, bool IsWatched, Finding? Finding);

/// <summary>Reads from an outcome of the blocklists family what alerts are made of. Pure.</summary>
public static class ListingWatch
{
    /// <summary>Id of the family whose findings are alerted.</summary>
    public const string Family = "blocklists";

    /// <summary>Listings that may be told of: watched, of weight medium or more.</summary>
    public static ImmutableArray<Finding> Alerting(CheckOutcome outcome) =>
        [.. outcome.Findings.Where(f => ListingDetails.Of(f) is { IsAlerting: true })];

    /// <summary>What the outcome says about the subject of an alert that stands.</summary>
    public static ListingObservation About(CheckOutcome outcome, Subject listing)
    {
        if (Alerting(outcome).FirstOrDefault(f => f.Subject == listing) is { } finding)
        {
            return new ListingObservation(AlertLook.Present, true, finding);
        }

        if (outcome.Details.Determined.Contains(listing))
        {
            // Listed still, but by a provider's address, or with a weight that nobody is told of: not ours to tell any more.
            var isListed = outcome.Findings.Any(f => f.Subject == listing);
            return new ListingObservation(AlertLook.Absent, !isListed, null);
        }

        return outcome.Details.IsDetermined(listing) && outcome is CheckOutcome.Completed or CheckOutcome.NotApplicable
            ? new ListingObservation(AlertLook.Absent, false, null)
            : new ListingObservation(AlertLook.Undetermined, true, null);
    }
}
