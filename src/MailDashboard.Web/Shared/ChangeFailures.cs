using MailDashboard.Monitoring.Persistence;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Shared;

/// <summary>Says why a change was not made: to the reader in words, because what a library writes about a lost connection helps nobody, and to the log in full.</summary>
public sealed partial class ChangeFailures(IStringLocalizer<SharedTexts> texts, ILogger<ChangeFailures> log)
{
    /// <summary>A part of a sentence, without a stop at its end.</summary>
    public string Say(Exception failure)
    {
        LogNotMade(failure);
        return DatabaseFailure.Is(failure) ? texts[$"Database.{DatabaseFailure.FaultOf(failure)}"] : failure.Message.TrimEnd('.');
    }

    [LoggerMessage(205, LogLevel.Warning, "A change was not made")]
    private partial void LogNotMade(Exception failure);
}
