namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>A message to one recipient, written in the transaction of what it tells of, and sent at least once.</summary>
public sealed class OutboxMessage
{
    public long Id { get; set; }

    /// <summary><c>listed</c>, <c>delisted</c>, <c>summary</c>, <c>password-reset</c>, <c>invitation</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>The alert it is about, where it is about one.</summary>
    public long? AlertId { get; set; }

    /// <summary>The channel it goes by; null for what people asked for themselves (a password, a report): by e-mail.</summary>
    public int? ChannelId { get; set; }

    /// <summary>What is posted to a channel that is not e-mail, as JSON; null for e-mail.</summary>
    public string? PayloadJson { get; set; }

    /// <summary>For a summary: the domain whose first audit it is of.</summary>
    public int? DomainId { get; set; }

    public required string Recipient { get; set; }

    public required string Subject { get; set; }

    public required string TextBody { get; set; }

    public required string HtmlBody { get; set; }

    /// <summary>Stable: a copy sent after a crash bears the same one.</summary>
    public required string MessageId { get; set; }

    /// <summary>Threads a follow-up under the first message.</summary>
    public string? InReplyTo { get; set; }

    /// <summary>Language it is written in: <c>en</c> or <c>fr</c>.</summary>
    public string Language { get; set; } = "en";

    public DateTimeOffset CreatedAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>Not before; indexed with <see cref="SentAt"/>.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Given up: the server refused it for good, or it is too old.</summary>
    public DateTimeOffset? AbandonedAt { get; set; }

    /// <summary>The server's reply or what failed, secrets hidden.</summary>
    public string? LastError { get; set; }

    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }
}
