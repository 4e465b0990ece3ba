namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>How a submission connection is encrypted.</summary>
public enum SmtpSecurity
{
    /// <summary>TLS from the first byte (port 465, RFC 8314).</summary>
    ImplicitTls,

    /// <summary>STARTTLS, required (port 587).</summary>
    StartTls,

    /// <summary>No encryption: only for a relay on the same host or network.</summary>
    None,
}

/// <summary>How the dashboard sends.</summary>
public sealed class SmtpProfile
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string Host { get; set; }

    public int Port { get; set; }

    public SmtpSecurity Security { get; set; }

    public string? UserName { get; set; }

    /// <summary>Encrypted with Data Protection; never shown again.</summary>
    public string? ProtectedPassword { get; set; }

    public required string SenderAddress { get; set; }

    public string? SenderName { get; set; }

    /// <summary>A test message was accepted by the server then.</summary>
    public DateTimeOffset? LastTestOkAt { get; set; }

    public DateTimeOffset? LastTestAt { get; set; }

    /// <summary>The conversation of the last test that failed, secrets hidden.</summary>
    public string? LastTestConversation { get; set; }
}

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
