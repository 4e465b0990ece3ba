using MailDashboard.Checks;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Watching;

/// <summary>Keeps that somebody said a change was meant, and takes that back.</summary>
public sealed class ChangeConfirmations(DomainRevision revision)
{
    /// <summary>Longer notes are cut.</summary>
    public const int LongestNote = 500;

    /// <summary>Confirms everything that nobody confirmed about one record set.</summary>
    /// <param name="record">Subject of the finding.</param>
    /// <param name="note">Why, for later readers; may be empty.</param>
    /// <param name="by">Who says so.</param>
    /// <returns>False where there is nothing to confirm (any more).</returns>
    public Task<bool> ConfirmAsync(int domainId, Subject record, string? note, string by, CancellationToken cancellationToken) =>
        revision.ReviseAsync(
            domainId,
            false,
            (memory, now, _) =>
            {
                var waiting = memory.Unconfirmed.Where(e => Subject.Record(e.Name, e.Type) == record).ToList();
                foreach (var change in waiting)
                {
                    (change.ConfirmedAt, change.ConfirmedBy, change.Note) = (now, by, Kept(note));
                }

                return Task.FromResult(waiting.Count > 0);
            },
            cancellationToken);

    /// <summary>Takes a confirmation back, with all that was confirmed in the same moment about the same record.</summary>
    /// <returns>False where it was not confirmed (any more).</returns>
    public Task<bool> UndoAsync(int domainId, long changeId, CancellationToken cancellationToken) =>
        revision.ReviseAsync(
            domainId,
            false,
            async (memory, _, token) =>
            {
                var confirmed = await memory.Db.ChangeEvents.SingleOrDefaultAsync(e => e.Id == changeId && e.DomainId == domainId && e.ConfirmedAt != null, token);
                if (confirmed is null)
                {
                    return false;
                }

                var (name, type, at) = (confirmed.Name, confirmed.Type, confirmed.ConfirmedAt);
                var together = await memory.Db.ChangeEvents.Where(e => e.DomainId == domainId && e.Name == name && e.Type == type && e.ConfirmedAt == at).ToListAsync(token);
                foreach (var change in together)
                {
                    (change.ConfirmedAt, change.ConfirmedBy, change.Note) = (null, null, null);
                }

                memory.Unconfirmed.AddRange(together);
                memory.Unconfirmed.Sort((a, b) => (a.At, a.Id).CompareTo((b.At, b.Id)));
                return true;
            },
            cancellationToken);

    private static string? Kept(string? note)
    {
        var text = note?.Trim();
        return string.IsNullOrEmpty(text) ? null : text.Length <= LongestNote ? text : text[..LongestNote];
    }
}
