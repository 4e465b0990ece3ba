namespace MailDashboard.Mail.Sending;

/// <summary>How much may be sent by one profile. Windows slide: no span of that length, wherever it begins, holds more.</summary>
/// <param name="PerMinute">Messages in any 60 seconds; null for no limit.</param>
/// <param name="PerHour">Messages in any 60 minutes; null for no limit.</param>
/// <param name="PerDay">Messages in any 24 hours; null for no limit.</param>
/// <param name="Connections">Messages under way at a time; null for no limit.</param>
public sealed record SendingLimits(int? PerMinute = null, int? PerHour = null, int? PerDay = null, int? Connections = null)
{
    /// <summary>Longest window.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Both ends of a span count: what is exactly as old as the window is in it still.</summary>
    private static readonly TimeSpan Beyond = TimeSpan.FromMilliseconds(1);

    /// <summary>Nothing is limited.</summary>
    public bool IsNone => PerMinute is null && PerHour is null && PerDay is null && Connections is null;

    /// <summary>The windows that are limited, shortest first.</summary>
    public IEnumerable<(TimeSpan Span, int Most)> Windows
    {
        get
        {
            if (PerMinute is { } minute)
            {
                yield return (TimeSpan.FromMinutes(1), minute);
            }

            if (PerHour is { } hour)
            {
                yield return (TimeSpan.FromHours(1), hour);
            }

            if (PerDay is { } day)
            {
                yield return (Longest, day);
            }
        }
    }

    /// <summary>When a window has room for one more.</summary>
    /// <param name="span">The window.</param>
    /// <param name="decisive">When the message was handed in that has to leave the window first; null where there is room.</param>
    public static DateTimeOffset? FreeAt(TimeSpan span, DateTimeOffset? decisive) => decisive + span + Beyond;
}
