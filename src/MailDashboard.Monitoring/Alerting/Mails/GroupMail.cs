using System.Collections.Immutable;
using MailDashboard.Monitoring.Alerting.Notices;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>Several incidents that came together: one mail, whatever their number, the worst first.</summary>
public sealed class GroupMail(ImmutableArray<IncidentFacts> incidents)
{
    /// <summary>Told one by one; the rest is counted, and stands in the list that the button opens.</summary>
    public const int Shown = 40;

    /// <summary>Of these the mail says what to do.</summary>
    private const int Explained = 5;

    public ComposedMail Compose(MailContext context)
    {
        var texts = context.Texts;
        var sorted = Sort(incidents);
        var (open, over) = (sorted.FindAll(i => i.Telling != Telling.Ended), sorted.FindAll(i => i.Telling == Telling.Ended));
        var body = new MailBody(context.Culture).Fact(Fact(texts, open, over)).Paragraph(texts[open.Count > 0 ? "Group.Effect" : "Group.Over"]);
        Section(body, texts, open, "Group.Open", context);
        Section(body, texts, over, "Group.Ended", context);
        body.Button(texts["Button.Alerts"], context.Link("/alerts"));
        return context.Why(body).Close(Subject(texts, open, over));
    }

    /// <summary>What is there before what is over, the worst first.</summary>
    internal static List<IncidentFacts> Sort(IEnumerable<IncidentFacts> incidents) =>
        [.. incidents.OrderBy(i => i.Telling == Telling.Ended).ThenByDescending(i => i.Severity).ThenBy(i => i.Code, StringComparer.Ordinal).ThenBy(i => i.Subject.ToString(), StringComparer.Ordinal)];

    /// <summary>The fact in one sentence.</summary>
    internal static string Lead(MailTexts texts, List<IncidentFacts> sorted) => sorted is [var only]
        ? (only.Telling == Telling.Ended ? texts.Format("Ended.Fact", only.Headline(texts)) : only.Text(texts.Culture).Explanation)
        : Fact(texts, sorted.FindAll(i => i.Telling != Telling.Ended), sorted.FindAll(i => i.Telling == Telling.Ended));

    internal static string Subject(MailTexts texts, IReadOnlyList<IncidentFacts> open, IReadOnlyList<IncidentFacts> over) =>
        open.Count > 1 ? texts.Format("Group.Subject.Open", open.Count, Domains(texts, open), open[0].Headline(texts))
        : open.Count == 1 ? texts.Format("Group.Subject.Mixed", open[0].Headline(texts), over.Count)
        : texts.Format("Group.Subject.Over", over.Count, Domains(texts, over));

    private static string Fact(MailTexts texts, List<IncidentFacts> open, List<IncidentFacts> over) =>
        over.Count == 0 ? texts.Format("Group.Fact.Open", open.Count, Domains(texts, open))
        : open.Count == 0 ? texts.Format("Group.Fact.Over", over.Count, Domains(texts, over))
        : texts.Format("Group.Fact.Mixed", open.Count, over.Count);

    private static string Domains(MailTexts texts, IReadOnlyList<IncidentFacts> incidents)
    {
        var count = incidents.SelectMany(i => i.Domains).Distinct(StringComparer.Ordinal).Count();
        return count == 1 ? texts["Group.Domain"] : texts.Format("Group.Domains", count);
    }

    private static void Section(MailBody body, MailTexts texts, List<IncidentFacts> incidents, string title, MailContext context)
    {
        if (incidents.Count == 0)
        {
            return;
        }

        body.Heading(texts[title]);
        foreach (var incident in incidents.Take(Explained))
        {
            var text = incident.Text(context.Culture);
            body.Paragraph(incident.Headline(texts))
                .Table(
                    (texts["Label.effect"], incident.Telling == Telling.Ended ? null : text.Explanation),
                    (texts["Label.domains"], incident.Domains.Length > 1 ? incident.AllDomains(texts) : null),
                    (texts["Label.todo"], incident.Telling != Telling.Ended && text.Remedy is [var step, ..] ? step : null),
                    (texts["Label.removal"], incident is { IsListing: true, Telling: not Telling.Ended } ? incident.AsListing().Details.RemovalUrl : null),
                    (texts["Label.link"], context.Link($"/alerts/{incident.AlertId}")));
        }

        if (incidents.Count > Explained)
        {
            body.Steps(incidents.Skip(Explained).Take(Shown - Explained).Select(i => i.Headline(texts)));
        }

        if (incidents.Count > Shown)
        {
            body.Paragraph(texts.Format("Group.More", incidents.Count - Shown));
        }
    }
}
