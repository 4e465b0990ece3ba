using MailDashboard.Monitoring.Alerting.Rules;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>Quiet hours by the clock on the wall, summer and winter. Pure.</summary>
public static class QuietTime
{
    private const int Day = 24 * 60;

    /// <summary>When the quiet hours end that hold now; null where none do.</summary>
    public static DateTimeOffset? Until(QuietHours quiet, DateTimeOffset now)
    {
        var (from, to) = (Math.Clamp(quiet.From, 0, Day), Math.Clamp(quiet.To, 0, Day));
        if (from == to)
        {
            return null;
        }

        var zone = Zone(quiet.TimeZone);
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var minute = (int)local.TimeOfDay.TotalMinutes;
        var isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
        if (!isQuiet)
        {
            return null;
        }

        var end = local.Date.AddDays(from > to && minute >= from ? 1 : 0).AddMinutes(to);
        return ToUtc(end, zone);
    }

    /// <summary>A zone that this machine does not know is UTC.</summary>
    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>An hour that the clocks skip in spring is the one after it.</summary>
    internal static DateTimeOffset ToUtc(DateTime wall, TimeZoneInfo zone)
    {
        var time = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(time))
        {
            time = time.AddMinutes(30);
        }

        return new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime();
    }
}
