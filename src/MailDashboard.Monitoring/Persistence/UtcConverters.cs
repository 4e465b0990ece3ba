using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>UTC microseconds since 1970 in an integer column, so that SQLite can compare and order.</summary>
internal sealed class UtcMicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
    v => (v.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
    v => DateTimeOffset.UnixEpoch.AddTicks(v * TimeSpan.TicksPerMicrosecond));

/// <summary>UTC to the microsecond: PostgreSQL takes no other offset and keeps no finer time.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
    v => Whole(v),
    v => v)
{
    public static DateTimeOffset Whole(DateTimeOffset v) => new(v.UtcTicks - (v.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
