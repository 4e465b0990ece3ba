using System.Globalization;
using MailDashboard.Monitoring.Catalogue;

namespace MailDashboard.Web.Layout;

/// <summary>Turns server times into the reader's: one for each open page, told its time zone by the browser or the account.</summary>
public sealed class ReaderClock
{
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <summary>The reader's time zone; UTC until it is known.</summary>
    public TimeZoneInfo Zone => _zone;

    public bool IsKnown { get; private set; }

    /// <summary>The zone became known: times that are shown already are shown anew.</summary>
    public event Action? Changed;

    /// <summary>Takes an IANA id; one that this machine does not know leaves everything as it is.</summary>
    public void Use(string? id)
    {
        if (id is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            IsKnown = true;
            if (zone.Id != _zone.Id)
            {
                _zone = zone;
                Changed?.Invoke();
            }
        }
    }

    public DateTimeOffset ToLocal(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, _zone);

    /// <summary>Date and time to the minute, as in <c>23 Nov 2026, 22:15</c>.</summary>
    public string Format(DateTimeOffset time)
    {
        var local = ToLocal(time);
        return $"{Moments.DayOfMonth(local.Day, CultureInfo.CurrentCulture)} {local.ToString("MMM yyyy, HH:mm", CultureInfo.CurrentCulture)}";
    }
}
