using System.Globalization;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Which days a report is about.</summary>
public enum PeriodKind
{
    /// <summary>From the first of the month to today.</summary>
    ThisMonth,

    LastMonth,

    /// <summary>The three months that end today.</summary>
    Quarter,

    /// <summary>The twelve months that end today.</summary>
    Year,

    /// <summary>The seven days before today.</summary>
    LastWeek,

    /// <summary>Days that somebody chose.</summary>
    Chosen,
}

/// <summary>A range of days (UTC).</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The day after the last.</param>
public sealed record ReportPeriod(PeriodKind Kind, DateOnly From, DateOnly To)
{
    /// <summary>What people choose from, in the order they are offered.</summary>
    public static IReadOnlyList<PeriodKind> Offered { get; } = [PeriodKind.ThisMonth, PeriodKind.LastMonth, PeriodKind.Quarter, PeriodKind.Year];

    public int Days => To.DayNumber - From.DayNumber;

    public DateOnly LastDay => To.AddDays(-1);

    /// <summary>As long, and ends where this one begins.</summary>
    public (DateOnly From, DateOnly To) Before => (From.AddDays(-Days), From);

    /// <summary>The word for addresses.</summary>
    public string Key => KeyOf(Kind);

    public static string KeyOf(PeriodKind kind) => kind switch
    {
        PeriodKind.LastMonth => "last-month",
        PeriodKind.Quarter => "quarter",
        PeriodKind.Year => "year",
        PeriodKind.LastWeek => "last-week",
        PeriodKind.Chosen => "days",
        _ => "month",
    };

    /// <summary>One of the offered periods, or the last week; this month for anything else.</summary>
    public static ReportPeriod Of(PeriodKind kind, DateOnly today)
    {
        var (month, tomorrow) = (new DateOnly(today.Year, today.Month, 1), today.AddDays(1));
        return kind switch
        {
            PeriodKind.LastMonth => new(kind, month.AddMonths(-1), month),
            PeriodKind.Quarter => new(kind, tomorrow.AddMonths(-3), tomorrow),
            PeriodKind.Year => new(kind, tomorrow.AddYears(-1), tomorrow),
            PeriodKind.LastWeek => new(kind, today.AddDays(-7), today),
            _ => new(PeriodKind.ThisMonth, month, tomorrow),
        };
    }

    /// <summary>Chosen days, cut to what there can be: at least one day, none after today, none further back than history goes.</summary>
    public static ReportPeriod Between(DateOnly from, DateOnly to, DateOnly today)
    {
        var (earliest, tomorrow) = (today.AddDays(-MissingDays.Most), today.AddDays(1));
        var last = to > tomorrow ? tomorrow : to <= earliest ? earliest.AddDays(1) : to;
        var first = from < earliest ? earliest : from >= last ? last.AddDays(-1) : from;
        return new(PeriodKind.Chosen, first, last);
    }

    /// <summary>Reads an address; what it does not know is this month.</summary>
    public static ReportPeriod Parse(string? key, string? from, string? to, DateOnly today) =>
        key == KeyOf(PeriodKind.Chosen)
        && DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
        && DateOnly.TryParseExact(to, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last)
            ? Between(first, last, today)
            : Of(Enum.GetValues<PeriodKind>().FirstOrDefault(k => KeyOf(k) == key), today);
}
