using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Channels;

namespace MailDashboard.Tests.Monitoring.Channels;

/// <summary>What names and records may hold that somebody else wrote.</summary>
internal static class HostileAnnouncement
{
    public const string Text = "{{x}} {{DATE(2017-02-14T06:08:39Z,SHORT)}} <!channel> <@U1> <https://evil.example|ok> [a](javascript:alert(1)) *b* `c` &amp; \"q\" ${HOME} @everyone \u202Egnp.exe\u202C \u0007\u0000\r\nX: y\u2028z \U0001F4A9";

    public static readonly DateTimeOffset At = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static Announcement Of(int incidents, string? link = "https://dash.example.org/alerts") =>
        new("group", $"Subject {Text}", $"Text {Text}", [.. Enumerable.Range(1, incidents).Select(i => Incident(i))], 0, link, At);

    public static AnnouncedIncident Incident(long id, AnnouncedState state = AnnouncedState.Open, Severity severity = Severity.Critical) => new(
        id, state, "BLK001", severity, $"Title {Text}", $"Effect {Text}", $"192.0.2.1 {Text}", ImmutableArray.Create("example.org", Text), 38, At.AddMinutes(-2), null, $"Do {Text}",
        $"https://dash.example.org/alerts/{id}");

    public static Announcement Single(AnnouncedIncident incident) => new("incident", "s", "t", [incident], 0, null, At);
}
