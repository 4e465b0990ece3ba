using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Incidents;

/// <summary>How an action on an incident ended.</summary>
public enum IncidentChange
{
    Done,

    /// <summary>It is not there (any more).</summary>
    Gone,

    /// <summary>It is over: nothing is left to do.</summary>
    Over,

    /// <summary>The end is not in the future, or more than <see cref="IncidentActions.LongestMute"/> away.</summary>
    BadEnd,

    /// <summary>There is no note.</summary>
    NoText,
}

/// <summary>What people do about incidents. Each action and its line in the history are one transaction.</summary>
public sealed class IncidentActions(DatabaseWriter writer, ChangeFeed feed, TimeProvider time)
{
    public const int LongestNote = 1000;

    public static readonly TimeSpan LongestMute = TimeSpan.FromDays(90);

    /// <summary>Takes care of it: no more reminders.</summary>
    public Task<IncidentChange> AcknowledgeAsync(long id, string? note, string by, CancellationToken cancellationToken) => ChangeAsync(
        id,
        (alert, now) => Acknowledge(alert, note, by, now),
        cancellationToken);

    /// <summary>Takes care of those that nobody takes care of yet, all in one transaction; the others stay as they are.</summary>
    /// <returns>How many they were.</returns>
    public Task<int> AcknowledgeAsync(IReadOnlyCollection<long> ids, string by, CancellationToken cancellationToken) => CountAsync(
        ids,
        (alert, now) => alert.AcknowledgedAt is null ? Acknowledge(alert, null, by, now) : IncidentChange.Over,
        cancellationToken);

    public Task<IncidentChange> UnacknowledgeAsync(long id, string by, CancellationToken cancellationToken) => ChangeAsync(
        id,
        (alert, now) =>
        {
            if (alert.AcknowledgedAt is not null)
            {
                (alert.AcknowledgedAt, alert.AcknowledgedBy) = (null, null);
                Add(alert, IncidentEventKind.Unacknowledged, by, null, now);
                DecideAgain(alert, now);
            }

            return IncidentChange.Done;
        },
        cancellationToken);

    public Task<IncidentChange> NoteAsync(long id, string note, string by, CancellationToken cancellationToken) => ChangeAsync(
        id,
        (alert, now) =>
        {
            if (Clean(note) is null)
            {
                return IncidentChange.NoText;
            }

            Add(alert, IncidentEventKind.Note, by, note, now);
            return IncidentChange.Done;
        },
        cancellationToken);

    /// <summary>Nobody is told of it until then, of its end neither.</summary>
    public Task<IncidentChange> MuteAsync(long id, DateTimeOffset until, string? note, string by, CancellationToken cancellationToken) => ChangeAsync(
        id,
        (alert, now) => Mute(alert, until, note, by, now),
        cancellationToken);

    /// <summary>Mutes those that are not over, all in one transaction; one that was muted before is so until the new end.</summary>
    /// <returns>How many they were.</returns>
    public Task<int> MuteAsync(IReadOnlyCollection<long> ids, DateTimeOffset until, string by, CancellationToken cancellationToken) => CountAsync(
        ids,
        (alert, now) => Mute(alert, until, null, by, now),
        cancellationToken);

    public Task<IncidentChange> UnmuteAsync(long id, string by, CancellationToken cancellationToken) => ChangeAsync(
        id,
        (alert, now) =>
        {
            if (alert.MutedUntil is not null)
            {
                (alert.MutedUntil, alert.MutedBy) = (null, null);
                Add(alert, IncidentEventKind.Unmuted, by, null, now);
                DecideAgain(alert, now);
            }

            return IncidentChange.Done;
        },
        cancellationToken);

    /// <summary>Notes that somebody had it looked at again.</summary>
    public Task<IncidentChange> CheckedAsync(long id, string by, CancellationToken cancellationToken) => ChangeAsync(
        id,
        (alert, now) =>
        {
            Add(alert, IncidentEventKind.Checked, by, null, now);
            return IncidentChange.Done;
        },
        cancellationToken);

    private static IncidentChange Acknowledge(Alert alert, string? note, string by, DateTimeOffset now)
    {
        if (alert.ResolvedAt is not null)
        {
            return IncidentChange.Over;
        }

        (alert.AcknowledgedAt, alert.AcknowledgedBy) = (now, by);
        Add(alert, IncidentEventKind.Acknowledged, by, note, now);
        return IncidentChange.Done;
    }

    private static IncidentChange Mute(Alert alert, DateTimeOffset until, string? note, string by, DateTimeOffset now)
    {
        if (alert.ResolvedAt is not null)
        {
            return IncidentChange.Over;
        }

        if (until <= now || until > now + LongestMute)
        {
            return IncidentChange.BadEnd;
        }

        (alert.MutedUntil, alert.MutedBy) = (until, by);
        Add(alert, IncidentEventKind.Muted, by, note, now, until);
        return IncidentChange.Done;
    }

    private static void DecideAgain(Alert alert, DateTimeOffset now) => alert.NoticeDueAt = alert.NoticeDueAt < now ? alert.NoticeDueAt : now;

    private static void Add(Alert alert, IncidentEventKind kind, string by, string? text, DateTimeOffset now, DateTimeOffset? until = null) =>
        alert.Events.Add(new AlertEvent { At = now, Kind = kind.ToString(), Actor = by, Text = Clean(text), Until = until });

    private static string? Clean(string? text)
    {
        var line = OutgoingMime.OneLine(text ?? "").Trim();
        return line.Length == 0 ? null : line.Length <= LongestNote ? line : line[..LongestNote];
    }

    private async Task<IncidentChange> ChangeAsync(long id, Func<Alert, DateTimeOffset, IncidentChange> change, CancellationToken cancellationToken) =>
        await ChangeAsync([id], change, cancellationToken) is [var only] ? only : IncidentChange.Gone;

    private async Task<int> CountAsync(IReadOnlyCollection<long> ids, Func<Alert, DateTimeOffset, IncidentChange> change, CancellationToken cancellationToken) =>
        (await ChangeAsync([.. ids], change, cancellationToken)).Count(r => r == IncidentChange.Done);

    private async Task<List<IncidentChange>> ChangeAsync(long[] ids, Func<Alert, DateTimeOffset, IncidentChange> change, CancellationToken cancellationToken)
    {
        var results = await writer.WriteAsync(
            async (db, token) =>
            {
                // Locked in one order: two people who choose the same ones wait for each other, and not for ever.
                var rows = db.Database.IsNpgsql() ? db.Alerts.FromSql($"SELECT * FROM alerts WHERE id = ANY({ids}) ORDER BY id FOR UPDATE") : db.Alerts.Where(a => ids.Contains(a.Id));
                return (await rows.ToListAsync(token)).ConvertAll(alert => change(alert, time.GetUtcNow()));
            },
            cancellationToken);
        if (results.Contains(IncidentChange.Done))
        {
            feed.Publish(new DashboardChange(null));
        }

        return results;
    }
}
