using MailDashboard.Mail.Connecting;

namespace MailDashboard.Mail.Providers;

/// <summary>A place where programs connect.</summary>
/// <param name="Host">Host name, or a template with fields such as <c>email-smtp.{region}.amazonaws.com</c>.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Security">Encryption.</param>
/// <param name="Standing">How far it can be relied on.</param>
public sealed record ProviderEndpoint(string Host, int Port, ServerSecurity Security, FactStanding Standing)
{
    /// <summary>The one to begin with.</summary>
    public bool IsRecommended { get; init; }

    /// <summary>Where it was read; null where it was not.</summary>
    public string? Source { get; init; }
}

/// <summary>What a limit counts.</summary>
public enum ProviderLimitKind
{
    /// <summary>Messages a second.</summary>
    MessagesPerSecond,

    /// <summary>Messages a minute.</summary>
    MessagesPerMinute,

    /// <summary>Messages an hour.</summary>
    MessagesPerHour,

    /// <summary>Messages a day.</summary>
    MessagesPerDay,

    /// <summary>Messages a month.</summary>
    MessagesPerMonth,

    /// <summary>Recipients a day, over all messages.</summary>
    RecipientsPerDay,

    /// <summary>Recipients of one message.</summary>
    RecipientsPerMessage,

    /// <summary>Messages over one connection.</summary>
    MessagesPerConnection,
}

/// <summary>A limit on sending. Free plans move often.</summary>
/// <param name="Kind">What it counts.</param>
/// <param name="Value">How many.</param>
/// <param name="Standing">How far it can be relied on.</param>
public sealed record ProviderLimit(ProviderLimitKind Kind, int Value, FactStanding Standing)
{
    /// <summary>Where it was read; null where it was not.</summary>
    public string? Source { get; init; }

    /// <summary>For whom it holds; null: for everybody.</summary>
    public ProviderText? Note { get; init; }
}
