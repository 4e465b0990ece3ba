using MailDashboard.Monitoring.Alerting.Incidents;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>Writes what was decided into an alert, its history, and the time at which it has to be decided who is told.</summary>
internal static class AlertSteps
{
    public static AlertState StateOf(Alert alert) => new(alert.Status, alert.NextLookAt, alert.SeenInRow, alert.GoneInRow);

    public static void Take(Alert alert, AlertState state, AlertAction action, DateTimeOffset now)
    {
        var before = alert.Status;
        var hasCounted = state.SeenInRow != alert.SeenInRow && state.Status == AlertStatus.Open;
        (alert.Status, alert.NextLookAt, alert.SeenInRow, alert.GoneInRow) = (state.Status, state.NextLookAt, state.SeenInRow, state.GoneInRow);
        switch (action)
        {
            case AlertAction.Open:
                (alert.OpenedAt, alert.LastSeenAt) = (now, now);
                Tell(alert, IncidentEventKind.Opened, now);
                Announce(alert, now);
                break;
            case AlertAction.Resolve:
                alert.ResolvedAt = now;
                Tell(alert, IncidentEventKind.Resolved, now);
                Announce(alert, now);
                break;
            default:
                if (before != state.Status && alert.OpenedAt is not null)
                {
                    Tell(alert, state.Status == AlertStatus.Resolving ? IncidentEventKind.SeenGone : IncidentEventKind.SeenAgain, now);
                }

                // A rule that asks for more looks in a row may be content now, whatever another one waits for.
                if (hasCounted && !(alert.NoticeDueAt <= now) && !alert.FromFirstAudit)
                {
                    alert.NoticeDueAt = now;
                }

                break;
        }
    }

    /// <summary>Remembers since when it could not be looked at.</summary>
    public static void Note(Alert alert, AlertLook look, DateTimeOffset now)
    {
        if (look != AlertLook.Undetermined)
        {
            alert.UndeterminedSince = null;
        }
        else if (alert.UndeterminedSince is null)
        {
            alert.UndeterminedSince = now;
            if (alert.OpenedAt is not null)
            {
                Tell(alert, IncidentEventKind.Undetermined, now);
            }
        }
    }

    public static void Announce(Alert alert, DateTimeOffset now) => (alert.ChangedAt, alert.NoticeDueAt) = (now, now);

    /// <summary>Nobody's any more: closed without a message, forgotten where nobody had been told.</summary>
    public static void Close(DashboardContext db, Alert alert, DateTimeOffset now)
    {
        if (alert.Status == AlertStatus.Pending)
        {
            db.Alerts.Remove(alert);
            return;
        }

        (alert.Status, alert.ResolvedAt, alert.NextLookAt, alert.NoticeDueAt) = (AlertStatus.Resolved, now, null, null);
        Tell(alert, IncidentEventKind.Resolved, now);
    }

    private static void Tell(Alert alert, IncidentEventKind kind, DateTimeOffset now) => alert.Events.Add(new AlertEvent { At = now, Kind = kind.ToString() });
}
