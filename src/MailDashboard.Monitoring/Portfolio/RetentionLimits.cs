namespace MailDashboard.Monitoring.Portfolio;

/// <summary>What is older than when. Pure.</summary>
/// <param name="ThinBefore">Of scores before it only the last of each day is kept: the midnight that began the last whole ninety days.</param>
/// <param name="DropBefore">What is over, and was over by then, is deleted.</param>
internal sealed record RetentionLimits(DateTimeOffset ThinBefore, DateTimeOffset DropBefore)
{
    private const int WholeDays = 90;

    public static RetentionLimits Of(DateTimeOffset now, int months)
    {
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return new(midnight.AddDays(-WholeDays), midnight.AddMonths(-months));
    }
}
