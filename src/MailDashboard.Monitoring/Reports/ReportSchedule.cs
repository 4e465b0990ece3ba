using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Portfolio;

namespace MailDashboard.Monitoring.Reports;

/// <summary>When a report is due, by the clock on the wall of its reader, and what it is about. Pure.</summary>
public static class ReportSchedule
{
    /// <summary>Longer than from one first of a month to the next.</summary>
    private const int DaysAhead = 33;

    /// <summary>The first time after a moment.</summary>
    public static DateTimeOffset Next(ReportKind kind, int hour, string timeZone, DateTimeOffset after)
    {
        var zone = QuietTime.Zone(timeZone);
        var today = TimeZoneInfo.ConvertTime(after, zone).Date;
        return Enumerable.Range(0, DaysAhead).Select(i => today.AddDays(i)).Where(d => IsDay(kind, d))
            .Select(d => First(d.AddHours(Math.Clamp(hour, 0, 23)), zone)).First(t => t > after);
    }

    public static DateTimeOffset Next(ReportSubscription subscription, DateTimeOffset after) => Next(subscription.Kind, subscription.Hour, subscription.TimeZone, after);

    /// <summary>More than two turns ahead: a clock was wrong when it was written.</summary>
    public static bool IsAstray(ReportSubscription subscription, DateTimeOffset now) => subscription.NextAt > Next(subscription, Next(subscription, now));

    /// <summary>The days a report is about that is written now.</summary>
    public static ReportPeriod Period(ReportKind kind, string timeZone, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(Local(timeZone, now).Date);
        return ReportPeriod.Of(kind == ReportKind.Monthly ? PeriodKind.LastMonth : PeriodKind.LastWeek, today);
    }

    internal static DateTimeOffset Local(string timeZone, DateTimeOffset now) => TimeZoneInfo.ConvertTime(now, QuietTime.Zone(timeZone));

    private static bool IsDay(ReportKind kind, DateTime day) => kind switch
    {
        ReportKind.Weekly => day.DayOfWeek == DayOfWeek.Monday,
        ReportKind.Monthly => day.Day == 1,
        _ => true,
    };

    /// <summary>An hour that comes twice is its first: the later offset would be an hour late.</summary>
    private static DateTimeOffset First(DateTime wall, TimeZoneInfo zone) =>
        zone.IsAmbiguousTime(wall) ? new DateTimeOffset(wall, zone.GetAmbiguousTimeOffsets(wall).Max()).ToUniversalTime() : QuietTime.ToUtc(wall, zone);
}
