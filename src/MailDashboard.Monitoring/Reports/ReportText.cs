using System.Globalization;
using MailDashboard.Monitoring.Portfolio;

namespace MailDashboard.Monitoring.Reports;

/// <summary>Says a model in sentences that need no product to be understood: see the README of this folder for their order. Pure.</summary>
public static class ReportText
{
    public static ReportDocument Of(PortfolioModel model, CultureInfo culture)
    {
        var texts = new ReportTexts(culture);
        var (pressing, standing) = (new ReportPressing(model, texts), new ReportStanding(model, texts));
        var name = Name(model, texts);
        return new ReportDocument(
            culture,
            model.Tag.Length > 0 ? texts.Format("Title.Tag", name, model.Tag) : texts.Format("Title", name),
            texts.Format(model.IsRunning ? "Span.Running" : "Span", texts.Date(model.Period.From), texts.Date(model.Period.LastDay)),
            string.Join(texts["Subject.Comma"], Subject(model, texts, name)),
            !model.Urgent.IsEmpty,
            [.. Lead(model, texts)],
            [.. pressing.Sections().Concat(standing.Sections())],
            model.Trend.Count < 2 ? [] : [.. model.Trend.Where(d => d.Mean is not null).Select(d => (d.Day, d.Mean!.Value))]);
    }

    /// <summary>Since when things are compared; null where there is nothing to compare with.</summary>
    internal static string? Since(PortfolioModel model, ReportTexts texts) =>
        model.Baseline is { } baseline ? texts.Format($"Since.{baseline.Kind}", texts.Date(baseline.Stand.Day)) : null;

    /// <summary>"March 2026" for a whole month; else the first and the last day.</summary>
    private static string Name(PortfolioModel model, ReportTexts texts)
    {
        var period = model.Period;
        return period.From.Day == 1 && period.To == period.From.AddMonths(1)
            ? texts.Month(period.From)
            : texts.Format("Days", period.From.Year == period.LastDay.Year ? texts.ShortDate(period.From) : texts.Date(period.From), texts.Date(period.LastDay));
    }

    private static IEnumerable<string> Subject(PortfolioModel model, ReportTexts texts, string name)
    {
        var title = model.Tag.Length > 0 ? texts.Format("Title.Tag", name, model.Tag) : texts.Format("Title", name);
        var subject = model.Urgent.IsEmpty ? title : texts.Format("Subject.Urgent", title);
        yield return model.Now?.Mean is { } mean ? texts.Format("Subject.Score", subject, texts.Score(mean)) : subject;
        if (model.Change is { } change && Math.Abs(change) >= 0.1)
        {
            yield return texts.Format(change > 0 ? "Subject.Better" : "Subject.Worse", texts.Points(change));
        }

        if (!model.Urgent.IsEmpty)
        {
            yield return model.Urgent.CriticalDomains > 0
                ? texts.Count("Subject.Critical", model.Urgent.CriticalDomains)
                : texts.Count("Subject.Listed", model.Urgent.ListedDomains);
        }
    }

    private static IEnumerable<string> Lead(PortfolioModel model, ReportTexts texts)
    {
        yield return Urgency(model.Urgent, texts);
        if (model.Now is not { } now)
        {
            yield return texts["Lead.NoHistory"];
            yield break;
        }

        var score = now.Mean is { } mean
            ? texts.Count(model.Tag.Length > 0 ? "Lead.ScoreTag" : "Lead.Score", now.Scored, texts.Score(mean), texts.Shared($"Grade.{now.Grade}").ToLower(texts.Culture), model.Tag)
            : texts.Count("Lead.NoScore", now.Domains);
        yield return model.Change is { } change && Since(model, texts) is { } since
            ? $"{score} {(Math.Abs(change) < 0.1 ? texts.Format("Lead.Same", since) : texts.Format(change > 0 ? "Lead.Better" : "Lead.Worse", texts.Points(change), since))}"
            : score;
        if (model.Movers.Worse is [var worst, ..])
        {
            yield return texts.Count("Lead.Movers", model.Movers.WorseCount, worst.DisplayName, texts.Score(worst.Before), texts.Score(worst.Now));
        }
    }

    private static string Urgency(PortfolioUrgency urgent, ReportTexts texts)
    {
        if (urgent.IsEmpty)
        {
            return texts["Lead.Calm"];
        }

        var parts = new List<string>();
        if (urgent.CriticalDomains > 0)
        {
            parts.Add(texts.Count("Lead.Critical", urgent.CriticalDomains));
        }

        if (urgent.Listings.Count > 0)
        {
            parts.Add(texts.Count("Lead.Listed", urgent.ListedDomains));
        }

        return texts.Format("Lead.Urgent", string.Join(' ', parts));
    }
}
