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

    /// <summary>Tell people that it is there.</summary>
    Open,

    /// <summary>Tell people that it is over.</summary>
    Resolve,

    /// <summary>It was not confirmed: forget it, nobody was told.</summary>
    Drop,
}

/// <summary>How the alert stands; everything that a decision needs, so that a restart changes nothing.</summary>
/// <param name="Status">Where it is in its life.</param>
/// <param name="NextLookAt">When the second look is due.</param>
public sealed record AlertState(AlertStatus Status, DateTimeOffset? NextLookAt);

/// <summary>One look.</summary>
/// <param name="Look">What it showed.</param>
/// <param name="IsSecondLook">Past our cache, with the list's self-test, after the pause: only such a look confirms.</param>
/// <param name="LastOpenedAt">When people were last told that the same thing is there; null where never.</param>
public sealed record AlertObservation(AlertLook Look, bool IsSecondLook, DateTimeOffset? LastOpenedAt = null);

/// <summary>Decides what becomes of an alert. Pure: state, look and clock in; state and action out.</summary>
public static class AlertDecision
{
    /// <param name="state">Null where there is no alert of that key.</param>
    /// <param name="observation">What was seen.</param>
    /// <param name="rule">Times.</param>
    /// <param name="now">The clock.</param>
    /// <param name="jitter">0 to 1: where in its window the second look comes.</param>
    /// <returns>The new state, null where there is none (any more), and what to do.</returns>
    public static (AlertState? State, AlertAction Action) Decide(AlertState? state, AlertObservation observation, AlertTimes rule, DateTimeOffset now, double jitter)
    {
        var confirmAt = now + rule.ConfirmAfter + ((rule.ConfirmWithin - rule.ConfirmAfter) * jitter);
        var isConfirmation = observation.IsSecondLook && state?.NextLookAt <= now;
        return (state?.Status, observation.Look) switch
        {
            (null or AlertStatus.Resolved, AlertLook.Present) => (new AlertState(AlertStatus.Pending, Later(confirmAt, observation.LastOpenedAt + rule.Hold)), AlertAction.None),
            (null or AlertStatus.Resolved, _) => (state, AlertAction.None),

            (AlertStatus.Pending, AlertLook.Present) => isConfirmation ? (new AlertState(AlertStatus.Open, null), AlertAction.Open) : (state, AlertAction.None),
            (AlertStatus.Pending, AlertLook.Absent) => (null, AlertAction.Drop),

            (AlertStatus.Open, AlertLook.Absent) => (new AlertState(AlertStatus.Resolving, confirmAt), AlertAction.None),
            (AlertStatus.Open, _) => (state, AlertAction.None),

            (AlertStatus.Resolving, AlertLook.Present) => (new AlertState(AlertStatus.Open, null), AlertAction.None),
            (AlertStatus.Resolving, AlertLook.Absent) => isConfirmation ? (new AlertState(AlertStatus.Resolved, null), AlertAction.Resolve) : (state, AlertAction.None),

            // Pending or resolving, and the second look could not tell.
            _ => (isConfirmation ? state! with { NextLookAt = now + rule.RetryAfter } : state, AlertAction.None),
        };
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;
}
