namespace MailDashboard.Monitoring.Persistence;

/// <summary>Settings from outside that cannot be used. All are said at once, each names its key.</summary>
internal sealed record StartupProblems(IReadOnlyList<string> Messages)
{
    public static StartupProblems None { get; } = new([]);
}
