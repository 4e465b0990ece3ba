namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Days to write, both ends included.</summary>
internal sealed record MissingDays(DateOnly From, DateOnly To)
{
    /// <summary>Further back nothing is written or shown.</summary>
    public const int Most = 731;

    /// <param name="today">The day that is not over yet: neither it nor what follows is written.</param>
    /// <param name="first">Day of the first domain; null where there is none.</param>
    /// <param name="last">The last row before <paramref name="today"/>; null where there is none.</param>
    /// <param name="isClockDoubtful">There are rows of today or later: a wrong clock wrote them, and may have written yesterday's.</param>
    /// <returns>Null where nothing is missing.</returns>
    public static MissingDays? Of(DateOnly today, DateOnly? first, DateOnly? last, bool isClockDoubtful)
    {
        if (first is not { } begin)
        {
            return null;
        }

        var yesterday = today.AddDays(-1);
        var next = last?.AddDays(1) ?? begin;
        next = isClockDoubtful && next > yesterday ? yesterday : next;
        var earliest = today.AddDays(-Most);
        var from = next < earliest ? earliest : next;
        return from > yesterday ? null : new MissingDays(from, yesterday);
    }
}
