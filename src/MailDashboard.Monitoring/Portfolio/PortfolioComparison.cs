namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Finds what can be compared, and what explains steps. Pure.</summary>
internal static class PortfolioComparison
{
    private const int MostEvents = 20;

    /// <summary>Added or removed domains are told from a tenth of all on, and from two.</summary>
    private const double ShareTold = 0.1;

    /// <param name="before">The last day before the period; null where there is none.</param>
    /// <param name="trend">The days of the period.</param>
    public static PortfolioBaseline? Baseline(PortfolioStand? before, IReadOnlyList<PortfolioStand> trend)
    {
        if (trend.Count == 0)
        {
            return null;
        }

        var now = trend[^1];
        if (before is not null && before.TableVersion == now.TableVersion)
        {
            return new(BaselineKind.PeriodBefore, before);
        }

        var first = trend.FirstOrDefault(d => d.TableVersion == now.TableVersion && d.Scored > 0);
        var hasOther = before is { Scored: > 0 } || trend.Any(d => d.Scored > 0 && d.TableVersion != now.TableVersion);
        return first is null || first.Day == now.Day ? null : new(hasOther ? BaselineKind.TableChanged : BaselineKind.HistoryBegins, first);
    }

    public static IReadOnlyList<PortfolioEvent> Events(PortfolioStand? before, IReadOnlyList<PortfolioStand> trend)
    {
        var events = new List<PortfolioEvent>();
        var last = before;
        foreach (var day in trend)
        {
            if (last is not null)
            {
                events.AddRange(Steps(last, day));
            }

            last = day;
        }

        // A change of the table is always told: without it the line would blame the domains.
        return [.. events.OrderByDescending(e => e.Kind == PortfolioEventKind.TableChanged).ThenByDescending(e => e.Day).Take(MostEvents).OrderBy(e => e.Day)];
    }

    private static IEnumerable<PortfolioEvent> Steps(PortfolioStand last, PortfolioStand day)
    {
        if (last.Scored > 0 && day.TableVersion != last.TableVersion)
        {
            yield return new(day.Day, PortfolioEventKind.TableChanged, day.TableVersion);
        }

        if (last.Listed == 0 && day.Listed > 0)
        {
            yield return new(day.Day, PortfolioEventKind.ListingsBegan, day.Listed);
        }
        else if (last.Listed > 0 && day.Listed == 0)
        {
            yield return new(day.Day, PortfolioEventKind.ListingsEnded, last.Listed);
        }

        var added = day.Domains - last.Domains;
        if (Math.Abs(added) >= Math.Max(2, ShareTold * last.Domains))
        {
            yield return new(day.Day, added > 0 ? PortfolioEventKind.DomainsAdded : PortfolioEventKind.DomainsRemoved, Math.Abs(added));
        }
    }
}
