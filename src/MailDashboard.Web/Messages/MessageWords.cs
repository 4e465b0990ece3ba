using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Mail.Messages;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Layout;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Messages;

/// <summary>Says what a test came to.</summary>
internal static class MessageWords
{
    /// <summary>Out of ten, as the reader writes it.</summary>
    public static string Score(double score) => score.ToString("0.#", CultureInfo.CurrentCulture);

    public static string Points(decimal points) => points.ToString("0.#", CultureInfo.CurrentCulture);

    /// <summary>What a score means for the mail.</summary>
    public static string Meaning(double score, IStringLocalizer<MessagesTexts> texts) => texts[$"Meaning.{Tone(score)}"];

    /// <summary>The severity whose colour a score has; null where all is well.</summary>
    public static string Tone(double score) => score switch
    {
        >= MessageTestView.GoodScore => "ok",
        >= 7 => "warning",
        >= 5 => "error",
        _ => "critical",
    };

    /// <summary>How a test stands, in one sentence.</summary>
    public static string State(MessageTestView test, IStringLocalizer<MessagesTexts> texts) => test switch
    {
        { Status: MessageTestStatus.Judged, Score: { } score } => $"{texts["Judged", Score(score)]} {Meaning(score, texts)}",
        { Status: MessageTestStatus.Failed, Problem: { } problem } => texts[$"Failed.{problem.Kind}"],
        { Status: MessageTestStatus.Waiting, Problem: not null } => texts["Waiting.Unread"],
        { Status: MessageTestStatus.Waiting, SentAt: not null } => texts["Waiting.Sent"],
        _ => texts[$"State.{test.Status}"],
    };

    /// <summary>Why a test was not started.</summary>
    public static string NotStarted(MessageTestStarted started, ReaderClock clock, IStringLocalizer<MessagesTexts> texts) =>
        started.FreeAt is { } free ? texts["Start.Limit", clock.Format(free)] : texts[$"Start.{started.Fault ?? MessageTestFault.Gone}"];

    /// <summary>By which profile something was sent. It may be called as its server, which is nothing for who only reads.</summary>
    public static string By(string? profile, bool seesServers, IStringLocalizer<MessagesTexts> texts) =>
        profile is null ? texts["History.Elsewhere"] : seesServers ? profile : texts["History.Dashboard"];

    /// <summary>A mark as every finding reads.</summary>
    public static FindingView View(MessageVerdict verdict, MessageMark mark, MarkDefinition definition, IStringLocalizer<MessagesTexts> texts)
    {
        var finding = new Finding(definition.Finding, mark.Subject, mark.Evidence, SeverityOverride: mark.Severity);
        return FindingView.Of(MessageTexts.Descriptor, finding, verdict.FromDomain, CultureInfo.CurrentUICulture) with
        {
            FamilyName = mark.Costs ? texts.Count("Costs", mark.Points == 1 ? 1 : 2, Points(mark.Points)) : texts["CostsNothing"],
        };
    }
}
