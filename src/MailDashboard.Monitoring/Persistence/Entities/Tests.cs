namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>How far a test of a message has come.</summary>
public enum MessageTestStatus
{
    /// <summary>Its address waits for a message.</summary>
    Waiting,

    /// <summary>The message is there and is being judged.</summary>
    Arrived,

    Judged,

    /// <summary>Nothing came in time.</summary>
    Expired,

    /// <summary>It came and could not be judged.</summary>
    Failed,
}

/// <summary>A test of one real message.</summary>
public sealed class MessageTest
{
    public int Id { get; set; }

    /// <summary>The part of its address that nobody guesses.</summary>
    public required string Token { get; set; }

    public required string Address { get; set; }

    public int MailboxId { get; set; }

    /// <summary>The profile that we sent it by; null where somebody sends it from elsewhere.</summary>
    public int? ProfileId { get; set; }

    /// <summary>The domain of its sender, where it is one of ours.</summary>
    public int? DomainId { get; set; }

    /// <summary>It is mail to many: the rules for unsubscribing apply.</summary>
    public bool IsBulk { get; set; }

    public MessageTestStatus Status { get; set; }

    public string? StartedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Nobody looks for it after that.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? ReceivedAt { get; set; }

    public DateTimeOffset? JudgedAt { get; set; }

    /// <summary>Sender, as written in From. Hostile text, capped.</summary>
    public string? From { get; set; }

    /// <summary>Hostile text, capped.</summary>
    public string? Subject { get; set; }

    /// <summary>0 to 10.</summary>
    public double? Score { get; set; }

    public string? VerdictJson { get; set; }

    /// <summary>What went wrong, for the person.</summary>
    public string? Problem { get; set; }

    /// <summary>SHA-256 of the token of a link that needs no account; null where it is not shared.</summary>
    public string? ShareHash { get; set; }

    public DateTimeOffset? ShareEndsAt { get; set; }
}

/// <summary>Placement tested again and again; with one mailbox and a short interval, a round-trip monitor.</summary>
public sealed class PlacementPlan
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public int ProfileId { get; set; }

    public List<int> MailboxIds { get; set; } = [];

    public int IntervalMinutes { get; set; }

    public bool IsEnabled { get; set; } = true;

    public DateTimeOffset NextAt { get; set; }
}

/// <summary>One message to all seeds.</summary>
public sealed class PlacementRun
{
    public int Id { get; set; }

    /// <summary>Null where somebody started it by hand, or the plan is gone.</summary>
    public int? PlanId { get; set; }

    public int? ProfileId { get; set; }

    public string? StartedBy { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>What has not arrived by then is missing.</summary>
    public DateTimeOffset Until { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public List<PlacementResult> Results { get; } = [];
}

/// <summary>Where a message was filed.</summary>
public enum Placement
{
    /// <summary>Not there yet.</summary>
    Waiting,

    Inbox,

    Spam,

    /// <summary>Another folder, or another tab of the inbox: <see cref="PlacementResult.Folder"/>.</summary>
    Elsewhere,

    /// <summary>It did not arrive in time.</summary>
    Missing,

    /// <summary>It was not handed in.</summary>
    NotSent,

    /// <summary>The mailbox could not be read: nobody knows.</summary>
    Unknown,
}

/// <summary>One seed of a run.</summary>
public sealed class PlacementResult
{
    public int Id { get; set; }

    public int RunId { get; set; }

    public int MailboxId { get; set; }

    /// <summary>Without angle brackets: by it the message is found again.</summary>
    public required string MessageId { get; set; }

    public Placement Placement { get; set; }

    /// <summary>As the server names it. Hostile text, capped.</summary>
    public string? Folder { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? ArrivedAt { get; set; }

    /// <summary>What the provider wrote about it: Authentication-Results and its spam headers. Hostile text, capped.</summary>
    public string? HeadersJson { get; set; }

    public string? Problem { get; set; }

    /// <summary>It was taken out of the mailbox then.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}
