using MailDashboard.Monitoring.Persistence;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Shared;

/// <summary>Says what failed in the reader's words: what a library writes about a lost connection helps nobody.</summary>
internal static class DatabaseWords
{
    /// <summary>A part of a sentence, without a stop at its end.</summary>
    public static string Of(Exception failure, IStringLocalizer<SharedTexts> texts) =>
        DatabaseFailure.Is(failure) ? texts[$"Database.{DatabaseFailure.FaultOf(failure)}"] : failure.Message.TrimEnd('.');
}
