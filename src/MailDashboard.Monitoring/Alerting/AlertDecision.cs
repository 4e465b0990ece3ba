using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>What a look showed of the thing an alert is about.</summary>
public enum AlertLook
{
    /// <summary>It is there.</summary>
    Present,

    /// <summary>Looked at to the end, and it is not there.</summary>
    Absent,

    /// <summary>Could not look: opens nothing and resolves nothing.</summary>
    Undetermined,
}

/// <summary>What has to be done about it.</summary>
public enum AlertAction
{
    /// <summary>Nothing that anybody is told.</summary>
    None,

    /// <summary>It is there for certain: people may be told.</summary>
    Open,

    /// <summary>It is over for certain: who was told may be told.</summary>
    Resolve,

    /// <summary>It was not confirmed: forget it, nobody was told.</summary>
    Drop,
}

/// <summary>How the alert stands; everything that a decision needs, so that a restart changes nothing.</summary>
/// <param name="Status">Where it is in its life.</param>
/// <param name="NextLookAt">While pending or resolving: from then on a look counts.</param>
/// <param name="SeenInRow">Looks in a row that showed it and count.</param>
/// <param name="GoneInRow">Looks in a row that showed it gone and count.</param>
public sealed record AlertState(AlertStatus Status, DateTimeOffset? NextLookAt, int SeenInRow = 1, int GoneInRow = 0);

/// <summary>How many looks in a row it takes.</summary>
/// <param name="Confirm">Until it is there for certain, 1 or more.</param>
/// <param name="Resolve">Until it is over for certain, 1 or more.</param>
/// <param name="NeedsSecondLook">
/// Only a look past our cache, with the list's self-test, confirms: one of a listing. Of other things every audit is such a look.
/// </param>
public sealed record AlertThresholds(int Confirm, int Resolve, bool NeedsSecondLook)
{
    /// <summary>Of a blocklist: seen twice, gone twice, by looks of their own.</summary>
    public static AlertThresholds Listing { get; } = new(2, 2, true);
}

/// <summary>One look.</summary>
/// <param name="Look">What it showed.</param>
/// <param name="IsSecondLook">Past our cache, after the pause, for this alert alone.</param>
/// <param name="LastOpenedAt">When people were last told that the same thing is there; null where never.</param>
public sealed record AlertObservation(AlertLook Look, bool IsSecondLook, DateTimeOffset? LastOpenedAt = null);

/// <summary>Decides what becomes of an alert. Pure: state, look and clock in; state and action out.</summary>
public static class AlertDecision
{
    /// <summary>No rule asks for more looks in a row, so that nothing has to be counted further.</summary>
    public const int MostInRow = 20;

    /// <param name="state">Null where there is no alert of that key.</param>
    /// <param name="observation">What was seen.</param>
    /// <param name="thresholds">Looks in a row.</param>
    /// <param name="times">Pauses.</param>
    /// <param name="now">The clock.</param>
    /// <param name="jitter">0 to 1: where in its window the second look comes.</param>
    /// <returns>The new state, null where there is none (any more), and what to do.</returns>
    public static (AlertState? State, AlertAction Action) Decide(
        AlertState? state, AlertObservation observation, AlertThresholds thresholds, AlertTimes times, DateTimeOffset now, double jitter)
    {
        var again = now + times.ConfirmAfter + ((times.ConfirmWithin - times.ConfirmAfter) * jitter);
        var counts = state?.NextLookAt <= now && (observation.IsSecondLook || !thresholds.NeedsSecondLook);
        return (state?.Status, observation.Look) switch
        {
            (null or AlertStatus.Resolved, AlertLook.Present) => First(observation.LastOpenedAt + times.Hold, thresholds, now, again),
            (null or AlertStatus.Resolved, _) => (state, AlertAction.None),

            (AlertStatus.Pending, AlertLook.Present) when counts => SeenAgain(state!, thresholds, again),
            (AlertStatus.Pending, AlertLook.Absent) => (null, AlertAction.Drop),

            (AlertStatus.Open, AlertLook.Absent) => GoneOnce(state!, thresholds, again),
            (AlertStatus.Open, AlertLook.Present) => (state! with { SeenInRow = Math.Min(state.SeenInRow + 1, MostInRow) }, AlertAction.None),

            (AlertStatus.Resolving, AlertLook.Present) => (new AlertState(AlertStatus.Open, null, state!.SeenInRow), AlertAction.None),
            (AlertStatus.Resolving, AlertLook.Absent) when counts => GoneAgain(state!, thresholds, again),

            // Pending or resolving, and the look that was due could not tell.
            (AlertStatus.Pending or AlertStatus.Resolving, AlertLook.Undetermined) when counts => (state! with { NextLookAt = now + times.RetryAfter }, AlertAction.None),
            _ => (state, AlertAction.None),
        };
    }

    /// <summary>What was there within the hour waits for the end of that hour.</summary>
    private static (AlertState State, AlertAction Action) First(DateTimeOffset? heldUntil, AlertThresholds thresholds, DateTimeOffset now, DateTimeOffset again)
    {
        if (heldUntil > now)
        {
            return (new AlertState(AlertStatus.Pending, heldUntil > again ? heldUntil : again), AlertAction.None);
        }

        return thresholds is { Confirm: <= 1, NeedsSecondLook: false }
            ? (new AlertState(AlertStatus.Open, null), AlertAction.Open)
            : (new AlertState(AlertStatus.Pending, again), AlertAction.None);
    }

    private static (AlertState State, AlertAction Action) SeenAgain(AlertState state, AlertThresholds thresholds, DateTimeOffset again)
    {
        var seen = state.SeenInRow + 1;
        return seen >= thresholds.Confirm
            ? (new AlertState(AlertStatus.Open, null, seen), AlertAction.Open)
            : (state with { SeenInRow = seen, NextLookAt = again }, AlertAction.None);
    }

    private static (AlertState State, AlertAction Action) GoneOnce(AlertState state, AlertThresholds thresholds, DateTimeOffset again) =>
        thresholds is { Resolve: <= 1, NeedsSecondLook: false }
            ? (new AlertState(AlertStatus.Resolved, null, state.SeenInRow, 1), AlertAction.Resolve)
            : (new AlertState(AlertStatus.Resolving, again, state.SeenInRow, 1), AlertAction.None);

    private static (AlertState State, AlertAction Action) GoneAgain(AlertState state, AlertThresholds thresholds, DateTimeOffset again)
    {
        var gone = state.GoneInRow + 1;
        return gone >= thresholds.Resolve
            ? (new AlertState(AlertStatus.Resolved, null, state.SeenInRow, gone), AlertAction.Resolve)
            : (state with { GoneInRow = gone, NextLookAt = again }, AlertAction.None);
    }
}
