using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Mailboxes;

/// <summary>Something for which mailboxes are looked into.</summary>
public interface IMailboxWork
{
    /// <summary>Mailboxes with something to look for, or to take out, now.</summary>
    Task<IReadOnlyCollection<int>> MailboxesAsync(CancellationToken cancellationToken);

    /// <summary>What to look for in a mailbox, and whether the messages themselves are needed.</summary>
    Task<MailboxWanted> WantedAsync(int mailboxId, CancellationToken cancellationToken);

    /// <summary>Deals with what was seen. The mailbox is leased: no other process does the same.</summary>
    /// <returns>What to take out of the mailbox.</returns>
    Task<IReadOnlyCollection<MailboxQuery>> TakeAsync(Mailbox mailbox, MailboxLook look, CancellationToken cancellationToken);

    /// <summary>That was taken out.</summary>
    Task RemovedAsync(Mailbox mailbox, IReadOnlyCollection<MailboxQuery> removed, CancellationToken cancellationToken);

    /// <summary>When to look next; null where nothing waits there.</summary>
    Task<DateTimeOffset?> NextAsync(int mailboxId, CancellationToken cancellationToken);
}

/// <param name="Queries">What to look for.</param>
/// <param name="Whole">The messages, not only their headers.</param>
public sealed record MailboxWanted(IReadOnlyCollection<MailboxQuery> Queries, bool Whole);
