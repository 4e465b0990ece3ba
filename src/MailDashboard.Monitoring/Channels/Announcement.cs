using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Channels;

/// <summary>What is said of an incident.</summary>
public enum AnnouncedState
{
    /// <summary>It is new.</summary>
    Open,

    /// <summary>It is still there.</summary>
    Reminder,

    /// <summary>It is over.</summary>
    Resolved,
}

/// <summary>One incident as a channel tells it; texts are in the channel's language already, plain text, hostile parts included.</summary>
/// <param name="Id">The same from its beginning to its end.</param>
/// <param name="Effect">What it does to mail.</param>
/// <param name="MoreDomains">Domains that are not among <paramref name="Domains"/>.</param>
/// <param name="Until">When it was over.</param>
/// <param name="FirstStep">What to do first.</param>
/// <param name="Link">Its page.</param>
public sealed record AnnouncedIncident(
    long Id,
    AnnouncedState State,
    string Code,
    Severity Severity,
    string Title,
    string Effect,
    string Subject,
    ImmutableArray<string> Domains,
    int MoreDomains,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    string? FirstStep,
    string? Link);

/// <summary>What is told in one message.</summary>
/// <param name="Kind">One of <see cref="AnnouncementKind"/>.</param>
/// <param name="More">Incidents that are not listed here.</param>
/// <param name="Link">The page about all of it.</param>
public sealed record Announcement(
    string Kind,
    string Subject,
    string Text,
    ImmutableArray<AnnouncedIncident> Incidents,
    int More,
    string? Link,
    DateTimeOffset At);

/// <summary>What an announcement is about.</summary>
public static class AnnouncementKind
{
    public const string Incident = "incident";

    public const string Group = "group";

    /// <summary>A channel fails, or works again.</summary>
    public const string Warning = "warning";

    public const string Test = "test";
}

/// <summary>Writes what is stored in the outbox row and later posted as it is.</summary>
public static class ChannelPayloads
{
    /// <returns>JSON within the limits of that kind of channel.</returns>
    public static string Compose(ChannelKind kind, Announcement announcement, CultureInfo culture) => kind switch
    {
        ChannelKind.Webhook => WebhookPayload.Compose(announcement),
        ChannelKind.Slack => SlackPayload.Compose(announcement, new ChannelTexts(culture)),
        ChannelKind.Teams => TeamsPayload.Compose(announcement, new ChannelTexts(culture)),
        ChannelKind.Ntfy => NtfyPayload.Compose(announcement, new ChannelTexts(culture)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "e-mail has no payload"),
    };
}
