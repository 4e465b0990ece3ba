using Microsoft.Extensions.Configuration;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>Pauses between looks, and before people are told.</summary>
public sealed record AlertTimes
{
    internal const string SecondLookKey = "MailDashboard:Alerting:SecondLookSeconds";

    /// <summary>A rule that groups for longer than this is in no hurry: a pause is no reason to tell.</summary>
    public static readonly TimeSpan LongGroup = TimeSpan.FromMinutes(2);

    /// <summary>The second look comes after this and up to <see cref="ConfirmWithin"/>.</summary>
    public TimeSpan ConfirmAfter { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>Where the second look could not tell, the next one.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>People are told of the same thing at most once in this time: what comes and goes waits.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Nothing is told before this has passed without news for its channel: what happens together is told together.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// The times, with the pause before the second look shortened by <c>MailDashboard:Alerting:SecondLookSeconds</c>. That is for
    /// tests and trials: a list that answers wrongly for a moment is out of the way after a minute, not after a second.
    /// </summary>
    internal static AlertTimes Of(IConfiguration configuration)
    {
        if (configuration.GetValue<int?>(SecondLookKey) is not { } seconds)
        {
            return new AlertTimes();
        }

        var pause = TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 600));
        return new AlertTimes { ConfirmAfter = pause, ConfirmWithin = pause, Settle = pause < TimeSpan.FromSeconds(8) ? pause : TimeSpan.FromSeconds(8) };
    }
}
