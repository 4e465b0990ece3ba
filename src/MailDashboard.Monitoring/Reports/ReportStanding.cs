using MailDashboard.Checks.Compliance;
using MailDashboard.Monitoring.Portfolio;

namespace MailDashboard.Monitoring.Reports;

/// <summary>The parts of a report that say how things stand.</summary>
internal sealed class ReportStanding(PortfolioModel model, ReportTexts texts)
{
    private const int MostMoves = 5;
    private const int MostNames = 5;
    private const int MostTags = 20;
    private const int MostEvents = 10;

    private static readonly string[] Grades = ["A", "B", "C", "D", "E"];
    private static readonly ComplianceStatus[] Statuses = [ComplianceStatus.Met, ComplianceStatus.AtRisk, ComplianceStatus.NotMet, ComplianceStatus.Undetermined, ComplianceStatus.NotMeasurable];

    public IEnumerable<ReportSection> Sections()
    {
        if (model.Now is not { } now)
        {
            yield break;
        }

        yield return Score(now);
        yield return Better();
        yield return Listings();
        if (Providers() is { Count: > 0 } providers)
        {
            yield return new ReportSection(ReportPart.Providers, texts["Providers.Heading"]) { Sentences = providers };
        }

        if (model.Tag.Length == 0 && model.Tags.Count > 0)
        {
            yield return Tags();
        }

        yield return new ReportSection(ReportPart.Reading, texts["Reading.Heading"]) { Sentences = [texts["Reading.Score"], texts["Reading.Grades"], texts["Reading.Words"], texts["Reading.Days"]] };
    }

    private ReportSection Score(PortfolioStand now) => new(ReportPart.Score, texts["Score.Heading"])
    {
        Sentences = [.. Trend(), .. model.Events.TakeLast(MostEvents).Select(e => texts.Format("Event", texts.Date(e.Day), Event(e)))],
        Bars = [.. Grades.Select(grade => Bar(now, grade))],
        Note = now.Domains > now.Scored ? texts.Count("Score.Without", now.Domains - now.Scored) : null,
    };

    private ReportBar Bar(PortfolioStand now, string grade)
    {
        var count = now.Grades.GetValueOrDefault(grade);
        var words = model.Baseline is { } baseline
            ? texts.Count("Grade.Compared", count, texts.Number(baseline.Stand.Grades.GetValueOrDefault(grade)))
            : texts.Count("Grade.Count", count);
        return new ReportBar(texts.Format("Grade", grade, texts.Shared($"Grade.{grade}")), (double)count / Math.Max(1, now.Scored), words, grade);
    }

    private IEnumerable<string> Trend()
    {
        if (model.Baseline?.Kind == BaselineKind.TableChanged)
        {
            yield return texts["Score.TableChanged"];
        }

        // Only days of one score table can be compared.
        var days = model.Trend.Where(d => d.Mean is not null && d.TableVersion == model.Now!.TableVersion).ToList();
        if (days.Count < 3)
        {
            yield return texts["Score.Young"];
            yield break;
        }

        var (low, high) = (days.MinBy(d => d.Mean)!, days.MaxBy(d => d.Mean)!);
        yield return low.Mean == high.Mean
            ? texts.Format("Score.Flat", texts.Score(low.Mean!.Value))
            : texts.Format("Score.Range", texts.Score(high.Mean!.Value), texts.Date(high.Day), texts.Score(low.Mean!.Value), texts.Date(low.Day));
    }

    private string Event(PortfolioEvent happened) =>
        happened.Kind == PortfolioEventKind.TableChanged ? texts["Event.TableChanged"] : texts.Count($"Event.{happened.Kind}", happened.Number);

    private ReportSection Better() => new(ReportPart.Better, texts["Better.Heading"])
    {
        Sentences = model.Movers.BetterCount == 0
            ? [texts["Better.None"]]
            : [.. model.Movers.Better.Take(MostMoves).Select(m => texts.Format("Better.Move", m.DisplayName, texts.Score(m.Before), texts.Score(m.Now), texts.Signed(m.Change)))],
        Note = model.Movers.BetterCount > MostMoves ? texts.Count("Better.All", model.Movers.BetterCount) : null,
    };

    private ReportSection Listings()
    {
        var listings = model.Listings;
        var sentences = new List<string> { listings.DomainDays == 0 ? texts["Listings.None"] : texts.Count("Listings.Days", listings.DomainDays) };
        if (listings.DomainDaysBefore is { } before)
        {
            sentences.Add(texts.Count("Listings.Before", before));
        }

        sentences.AddRange(listings.Domains.Take(MostNames).Select(d => texts.Count(d.IsOpen ? "Listings.DomainOpen" : "Listings.Domain", d.Days, d.DisplayName)));
        sentences.AddRange(listings.Subjects.Take(MostNames).Select(s => texts.Count(s.IsOpen ? "Listings.ThingOpen" : "Listings.Thing", s.Days, s.Name, string.Join(", ", s.Lists.Take(MostNames)))));
        return new ReportSection(ReportPart.Listings, texts["Listings.Heading"]) { Sentences = sentences };
    }

    private List<string> Providers() =>
    [
        .. from provider in ComplianceCatalogue.Shipped.Providers
           let standing = model.Providers.FirstOrDefault(s => s.Provider == provider.Id)
           where standing is not null
           let parts = Statuses.Where(s => standing.Of(s) > 0).Select(s => texts.Count($"Providers.{s}", standing.Of(s))).ToList()
           where parts.Count > 0
           select texts.Format("Named", provider.Name, string.Join(", ", parts)),
    ];

    private ReportSection Tags() => new(ReportPart.Tags, texts["Tags.Heading"])
    {
        Sentences = [.. model.Tags.Take(MostTags).Select(Tag)],
        Note = model.Tags.Count > MostTags ? texts.Count("Tags.More", model.Tags.Count - MostTags) : null,
    };

    private string Tag(TagStanding tag) => texts.Format(
        "Named",
        tag.Tag,
        tag.Mean is not { } mean ? texts.Count("Tags.NoScore", tag.Domains)
        : tag.Change is { } change ? texts.Count("Tags.Change", tag.Domains, texts.Score(mean), texts.Signed(change))
        : texts.Count("Tags.Score", tag.Domains, texts.Score(mean)));
}
