namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>Who is told by a channel of e-mail.</summary>
public sealed class AlertRecipient
{
    public int Id { get; set; }

    public int ChannelId { get; set; }

    public required string Address { get; set; }

    /// <summary><c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; set; }

    public bool IsEnabled { get; set; } = true;
}

/// <summary>One setting. Values of secret ones are encrypted with Data Protection.</summary>
public sealed class SettingRow
{
    public required string Key { get; set; }

    public required string Value { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}
