namespace MailDashboard.Monitoring.Outbox;

/// <summary>When a message that could not be sent is tried again. Pure.</summary>
public static class Backoff
{
    /// <summary>A message older than this is given up, visibly.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    private static readonly int[] Minutes = [1, 2, 5, 15, 30, 60];

    /// <param name="attempts">Attempts made so far, 1 or more.</param>
    public static TimeSpan After(int attempts) => TimeSpan.FromMinutes(Minutes[Math.Clamp(attempts, 1, Minutes.Length) - 1]);
}
