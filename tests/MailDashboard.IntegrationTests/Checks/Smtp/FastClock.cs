namespace MailDashboard.IntegrationTests.Checks.Smtp;

/// <summary>A clock by which everything takes longer than it does: a server need not be slow for a test to find it slow.</summary>
public sealed class FastClock(int times) : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency / times;
}
