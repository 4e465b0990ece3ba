using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Texts;
using MailDashboard.Monitoring.Catalogue;
using MailDashboard.Monitoring.Portfolio;

namespace MailDashboard.Monitoring.Reports;

/// <summary>The parts of a report that somebody has to act on: each says what, why, who, and what comes first.</summary>
internal sealed class ReportPressing(PortfolioModel model, ReportTexts texts)
{
    private const int MostMoves = 5;

    /// <summary>Stands in a description for what differs from case to case.</summary>
    private const string Differs = "…";

    public IEnumerable<ReportSection> Sections()
    {
        if (!model.Urgent.IsEmpty)
        {
            yield return Urgent(model.Urgent);
        }

        if (model.Now is null)
        {
            yield break;
        }

        yield return Worse(model.Movers);
        yield return Decisions(model.Decisions);
    }

    private ReportSection Urgent(PortfolioUrgency urgent) => new(ReportPart.Urgent, texts["Urgent.Heading"])
    {
        Items = [.. urgent.Critical.Select(Critical), .. urgent.Listings.Select(Listing)],
        Note = urgent.CriticalDomains > urgent.Critical.Select(c => c.DomainId).Distinct().Count() ? texts.Count("Urgent.All", urgent.CriticalDomains) : null,
    };

    private ReportItem Critical(UrgentFinding critical)
    {
        var text = Text(critical.Finding, critical.DisplayName);
        return new ReportItem(
            texts.Format("Named", critical.DisplayName, text.Title),
            [
                .. Row("Label.Since", texts.Date(DateOnly.FromDateTime(critical.Finding.Since.UtcDateTime))),
                .. Act(text.Explanation, ReportWho.OfCode(critical.Finding.Code), text.Remedy),
            ]);
    }

    private ReportItem Listing(UrgentListing listing)
    {
        var details = ListingDetails.Of(listing.Subject, []);
        return new ReportItem(
            texts.Count("Urgent.Listing", listing.Domains, listing.Subject.Name, details.ListName),
            [.. Row("Label.Since", texts.Date(DateOnly.FromDateTime(listing.Since.UtcDateTime))), .. Act(texts["Urgent.Listing.Effect"], "Who.Listing", [texts["Urgent.Listing.Step"]])]);
    }

    private ReportSection Worse(PortfolioMovers movers) => new(ReportPart.Worse, texts["Worse.Heading"])
    {
        Sentences = movers.WorseCount == 0 ? [texts["Worse.None"]] : [],
        Items = [.. movers.Worse.Take(MostMoves).Select(Move)],
        Note = movers.WorseCount > MostMoves ? texts.Count("Worse.All", movers.WorseCount) : null,
    };

    private ReportItem Move(DomainMove move)
    {
        var cause = move.Causes.FirstOrDefault(c => c is { Kind: MoveCauseKind.FindingOpened, Finding: not null })
            ?? move.Causes.FirstOrDefault(c => c.Kind is MoveCauseKind.CapApplied or MoveCauseKind.SubtestLost);
        var text = cause?.Finding is { } finding ? Text(finding, move.DisplayName) : null;
        var who = cause switch
        {
            { Kind: MoveCauseKind.FindingOpened } => ReportWho.OfCode(cause.Code),
            { Kind: MoveCauseKind.CapApplied } => ReportWho.OfCap(cause.Code),
            { Kind: MoveCauseKind.SubtestLost } => ReportWho.OfSubtest(cause.Code),
            _ => "Who.Team",
        };
        return new ReportItem(
            texts.Format("Worse.Move", move.DisplayName, texts.Score(move.Before), texts.Score(move.Now), texts.Signed(move.Change)),
            [
                .. Row("Label.Why", move.Causes.Count == 0 ? texts["Worse.NoCause"] : string.Join(texts["And"], move.Causes.Select(c => Cause(c, move.DisplayName)))),
                .. Act(text?.Explanation, who, text?.Remedy is [_, ..] remedy ? remedy : [texts.Format("Step.Open", move.DisplayName)]),
            ]);
    }

    private ReportSection Decisions(IReadOnlyList<PortfolioDecision> decisions) => new(ReportPart.Decisions, texts["Decisions.Heading"])
    {
        Sentences = [texts[decisions.Count == 0 ? "Decisions.None" : "Decisions.About"]],
        Items = [.. decisions.Select(Decision)],
    };

    private ReportItem Decision(PortfolioDecision decision, int index)
    {
        var text = decision.Code is { } code ? FindingCatalogue.Describe(code, texts.Culture) : null;
        return new ReportItem(
            texts.Format("Decisions.Item", index + 1, texts.Shared($"Subtest.{decision.Subtest}"), texts.Points(decision.Points)),
            [
                .. Row("Label.Where", Where(decision)),
                .. Row("Label.Why", text is null ? null : IsWhole(text.Title) ? texts.Count("Decisions.Open", decision.CodeDomains, text.Title) : texts.Count("Decisions.NotSo", decision.CodeDomains)),
                .. Act(text is not null && IsWhole(text.Explanation) ? text.Explanation : null, ReportWho.OfSubtest(decision.Subtest), [FirstStep(decision.Code) ?? texts["Step.Decision"]]),
            ]);
    }

    private string Where(PortfolioDecision decision)
    {
        var (count, more) = (texts.Count("Decisions.Domains", decision.Domains), decision.Domains - decision.First.Count);
        var names = string.Join(", ", decision.First.Select(d => d.DisplayName));
        return names.Length == 0 ? count : texts.Format("Decisions.Named", count, more > 0 ? texts.Count("Decisions.More", more, names) : names);
    }

    private string Cause(MoveCause cause, string domain) => cause.Kind switch
    {
        MoveCauseKind.CapApplied or MoveCauseKind.CapLifted => texts.Format($"Cause.{cause.Kind}", texts.Shared($"Cap.{cause.Code}")),
        MoveCauseKind.SubtestLost or MoveCauseKind.SubtestGained => texts.Format($"Cause.{cause.Kind}", texts.Shared($"Subtest.{cause.Code}")),
        _ => texts.Format($"Cause.{cause.Kind}", Text(cause.Finding!, domain).Title),
    };

    private FindingText Text(PortfolioFinding finding, string domain) =>
        FindingCatalogue.Text(finding.Code, finding.Subject, finding.Evidence, domain, texts.Culture) ?? new FindingText($"{finding.Code} {finding.Subject}", "", []);

    private IEnumerable<(string, string)> Act(string? effect, string who, IReadOnlyList<string> remedy) =>
        [.. Row("Label.Effect", effect), .. Row("Label.Who", texts[who]), .. Row("Label.Step", remedy is [var first, ..] ? Step(first) : null)];

    /// <summary>Written for the page of a problem, which has the record that a step speaks of; here it is not at hand.</summary>
    private string Step(string step) => step.Replace(texts["Step.BelowWord"], texts["Step.Place"], StringComparison.OrdinalIgnoreCase);

    /// <summary>For all domains at once; null where it says what differs from one to the next.</summary>
    private string? FirstStep(string? code)
    {
        var each = texts["Step.Each"];
        return code is not null && FindingCatalogue.Text(code, Subject.Domain(each), [], each, texts.Culture)?.Remedy is [var step, ..] && !step.Contains('{', StringComparison.Ordinal) ? step : null;
    }

    private static bool IsWhole(string text) => !text.Contains(Differs, StringComparison.Ordinal);

    private IEnumerable<(string, string)> Row(string label, string? text) => string.IsNullOrEmpty(text) ? [] : [(texts[label], text)];
}
