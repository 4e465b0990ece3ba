using System.Globalization;
using MailDashboard.Checks.Texts;
using MailDashboard.Monitoring.Catalogue;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Web.Domains;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Reports;

/// <summary>Turns the codes of the model into what a manager reads.</summary>
internal static class ReportWords
{
    public static string Number(int value) => value.ToString("N0", CultureInfo.CurrentCulture);

    public static string Score(double value) => value.ToString("0.#", CultureInfo.CurrentCulture);

    /// <summary>With a sign that is seen: a minus as wide as the plus.</summary>
    public static string Signed(double value) => value.ToString("+0.#;−0.#;0", CultureInfo.CurrentCulture);

    public static string Points(double value, IStringLocalizer<ReportsTexts> texts) => texts[IsOne(Math.Abs(value)) ? "Points.One" : "Points", Score(Math.Abs(value))];

    public static string Date(DateOnly day) => Moments.Date(day, CultureInfo.CurrentCulture);

    /// <summary>What a code means without a case; one whose sentence is mostly about the case is called by its family.</summary>
    public static string Title(string code) => FamilyCatalogue.Describe(code)?.Title is { } title && !title.StartsWith('…') ? title
        : FamilyCatalogue.FamilyOf(code) is { } family ? FamilyCatalogue.Name(family.Id) : code;

    public static string Shared(string key) => FindingTexts.Shared(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>One to three sentences that answer the page's question.</summary>
    public static string Answer(PortfolioModel model, IStringLocalizer<ReportsTexts> texts) => string.Join(' ', Sentences(model, texts));

    /// <summary>Which days the page is about.</summary>
    public static string Span(PortfolioModel model, IStringLocalizer<ReportsTexts> texts) => texts[
        model.IsRunning ? "Span.Running" : "Span.Over",
        Date(model.Period.From),
        Date(model.Period.LastDay)];

    /// <summary>Since when things are compared, and why since then.</summary>
    public static string? Since(PortfolioBaseline? baseline, IStringLocalizer<ReportsTexts> texts) =>
        baseline is null ? null : texts[$"Since.{baseline.Kind}", Date(baseline.Stand.Day)].Value;

    public static string Title(MoveCause cause, string domain, IStringLocalizer<ReportsTexts> texts) => cause.Kind switch
    {
        MoveCauseKind.CapApplied or MoveCauseKind.CapLifted => texts[$"Cause.{cause.Kind}", Shared($"Cap.{cause.Code}")],
        MoveCauseKind.SubtestLost or MoveCauseKind.SubtestGained => texts[$"Cause.{cause.Kind}", Shared($"Subtest.{cause.Code}")],
        _ => texts[$"Cause.{cause.Kind}", Title(cause.Finding!, domain)],
    };

    public static string Title(PortfolioFinding finding, string domain) =>
        FamilyCatalogue.Text(finding.Code, finding.Subject, finding.Evidence, domain)?.Title ?? $"{finding.Code} {finding.Subject}";

    public static string Event(PortfolioEvent happened, IStringLocalizer<ReportsTexts> texts) =>
        happened.Kind == PortfolioEventKind.TableChanged ? texts["Event.TableChanged"] : texts.Count($"Event.{happened.Kind}", happened.Number);

    private static IEnumerable<string> Sentences(PortfolioModel model, IStringLocalizer<ReportsTexts> texts)
    {
        if (model.Now is not { } now)
        {
            yield return texts["Answer.NoHistory"];
            yield break;
        }

        yield return now.Mean is { } mean
            ? texts.Count(model.Tag.Length > 0 ? "Answer.ScoreTag" : "Answer.Score", now.Domains, Score(mean), Shared($"Grade.{now.Grade}").ToLower(CultureInfo.CurrentCulture), model.Tag)
            : texts.Count("Answer.NoScore", now.Domains);
        if (model.Change is { } change)
        {
            var compared = texts[$"Compared.{model.Baseline!.Kind}", Date(model.Baseline.Stand.Day)].Value;
            yield return Math.Abs(change) < 0.1 ? texts["Answer.Same", compared] : texts[change > 0 ? "Answer.Better" : "Answer.Worse", Points(change, texts), compared];
        }

        yield return model.Urgent.IsEmpty ? texts["Answer.Calm"] : Urgent(model.Urgent, texts);
    }

    private static string Urgent(PortfolioUrgency urgent, IStringLocalizer<ReportsTexts> texts) => string.Join(' ', new[]
    {
        urgent.CriticalDomains > 0 ? texts.Count("Answer.Critical", urgent.CriticalDomains) : null,
        urgent.ListedDomains > 0 ? texts.Count("Answer.Listed", urgent.ListedDomains) : null,
    }.Where(s => s is not null));

    private static bool IsOne(double value) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? value < 2 : Math.Abs(value - 1) < 0.05;
}
