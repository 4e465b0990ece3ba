using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Alerting.Maintenance;

/// <summary>When announced work covers what. Pure.</summary>
public static class MaintenanceCalendar
{
    /// <summary>Until when every one of the domains is under announced work; null where one of them is not.</summary>
    /// <param name="windows">All of them.</param>
    /// <param name="domains">Empty for what concerns the dashboard itself: covered by work on everything only.</param>
    /// <param name="now">The clock.</param>
    public static DateTimeOffset? CoveredUntil(IReadOnlyCollection<MaintenanceWindow> windows, IReadOnlyCollection<AlertedDomain> domains, DateTimeOffset now)
    {
        var running = windows.Select(w => (Window: w, End: EndOfCurrent(w, now))).Where(w => w.End is not null).ToList();
        if (running.Count == 0)
        {
            return null;
        }

        DateTimeOffset? earliest = DateTimeOffset.MaxValue;
        foreach (var domain in domains.Count == 0 ? [null] : domains.Cast<AlertedDomain?>())
        {
            var end = running.Where(w => Covers(w.Window, domain)).Select(w => w.End).DefaultIfEmpty(null).Max();
            if (end is null)
            {
                return null;
            }

            earliest = end < earliest ? end : earliest;
        }

        return earliest;
    }

    /// <summary>When the occurrence ends that is under way; null where none is.</summary>
    public static DateTimeOffset? EndOfCurrent(MaintenanceWindow window, DateTimeOffset now)
    {
        var length = TimeSpan.FromMinutes(window.Minutes);
        return Starts(window, now - length, now).Where(s => s <= now && s + length > now).Select(s => (DateTimeOffset?)(s + length)).Max();
    }

    /// <summary>The next start after now; null where there is none.</summary>
    public static DateTimeOffset? NextStart(MaintenanceWindow window, DateTimeOffset now) =>
        Starts(window, now, now.AddDays(15)).Where(s => s > now).Select(s => (DateTimeOffset?)s).Min();

    /// <summary>As people look for it: what is under way, what comes next, and last what is over, the latest first.</summary>
    public static IReadOnlyList<MaintenanceWindow> InOrder(IEnumerable<MaintenanceWindow> windows, DateTimeOffset now) =>
    [
        .. windows
            .Select(w => (Window: w, End: EndOfCurrent(w, now), Next: NextStart(w, now)))
            .OrderBy(w => w.End is not null ? 0 : w.Next is not null ? 1 : 2)
            .ThenBy(w => w.End ?? w.Next ?? DateTimeOffset.MinValue)
            .ThenByDescending(w => w.Window.StartsAt)
            .Select(w => w.Window),
    ];

    private static bool Covers(MaintenanceWindow window, AlertedDomain? domain) =>
        (window.Tags.Count == 0 && window.Domains.Count == 0)
        || (domain is not null && (window.Domains.Contains(domain.Name) || domain.Tags.Any(window.Tags.Contains)));

    private static IEnumerable<DateTimeOffset> Starts(MaintenanceWindow window, DateTimeOffset from, DateTimeOffset to)
    {
        if (window.WeekDays == 0)
        {
            return [window.StartsAt];
        }

        // By the clock on the wall: every day at two o'clock is two o'clock in summer too.
        var zone = QuietTime.Zone(window.TimeZone);
        var first = TimeZoneInfo.ConvertTime(window.StartsAt, zone);
        var begin = TimeZoneInfo.ConvertTime(from < window.StartsAt ? window.StartsAt : from, zone).Date;
        var days = Math.Clamp((int)(to - from).TotalDays + 2, 1, 20);
        return from day in Enumerable.Range(0, days).Select(i => begin.AddDays(i))
               where (window.WeekDays & (1 << (((int)day.DayOfWeek + 6) % 7))) != 0
               let start = QuietTime.ToUtc(day + first.TimeOfDay, zone)
               where start >= window.StartsAt && (window.EndsAt is not { } last || start <= last)
               select start;
    }
}
