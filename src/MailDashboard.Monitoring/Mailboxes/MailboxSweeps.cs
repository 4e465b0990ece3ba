using System.Collections.Concurrent;

namespace MailDashboard.Monitoring.Mailboxes;

/// <summary>
/// When mailboxes were swept of what was left behind: by a process that was killed, or by a message that came too late. At start and every
/// hour; what is older than two days is no longer looked for.
/// </summary>
internal sealed class MailboxSweeps(TimeProvider time)
{
    private static readonly TimeSpan Reach = TimeSpan.FromDays(2);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<int, DateTimeOffset> _sweptAt = new();

    /// <summary>What is older is left alone.</summary>
    public DateTimeOffset Since => time.GetUtcNow() - Reach;

    /// <summary>Mailboxes that need none now.</summary>
    public IReadOnlyList<int> Clean => [.. _sweptAt.Where(s => IsRecent(s.Value)).Select(s => s.Key)];

    public bool IsDue(int mailboxId) => !_sweptAt.TryGetValue(mailboxId, out var at) || !IsRecent(at);

    public void Done(int mailboxId) => _sweptAt[mailboxId] = time.GetUtcNow();

    private bool IsRecent(DateTimeOffset at) => at > time.GetUtcNow() - Every;
}
