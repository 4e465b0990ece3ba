using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Portfolio;

namespace MailDashboard.Monitoring.Reports;

/// <summary>A report as a mail. Everything is in it: a reader without an account has to understand it too.</summary>
public static class ReportMail
{
    /// <summary>Kind as the outbox keeps it.</summary>
    public const string Kind = "report";

    public static ComposedMail Compose(ReportDocument report, ReportPeriod period, string tag, MailContext context)
    {
        var body = new MailBody(report.Culture);
        foreach (var (sentence, index) in report.Lead.Select((s, i) => (s, i)))
        {
            _ = index == 0 ? body.Fact(sentence) : body.Paragraph(sentence);
        }

        body.Paragraph(report.Span);
        foreach (var section in report.Sections)
        {
            Write(body, section);
        }

        var texts = new ReportTexts(report.Culture);
        body.Button(texts["Mail.Button"], context.Link(Path(period, tag)));
        return Why(body, texts, context).Close(report.Subject);
    }

    /// <summary>Why the reader gets this, for whatever is sent by subscription.</summary>
    internal static MailBody Why(MailBody body, ReportTexts texts, MailContext context) =>
        body.Footer(texts.Format("Mail.Why", new MailTexts(texts.Culture).Product(context.Organisation)), texts["Mail.Change"]);

    /// <summary>Of the page that shows the same; the days are named, so that it still does in a year.</summary>
    internal static string Path(ReportPeriod period, string tag) =>
        $"/reports?period={ReportPeriod.KeyOf(PeriodKind.Chosen)}&from={period.From:yyyy-MM-dd}&to={period.To:yyyy-MM-dd}{(tag.Length > 0 ? $"&tag={Uri.EscapeDataString(tag)}" : "")}";

    private static void Write(MailBody body, ReportSection section)
    {
        body.Heading(section.Heading);
        if (section.Sentences.Count == 1)
        {
            body.Paragraph(section.Sentences[0]);
        }
        else if (section.Sentences.Count > 1)
        {
            body.Points(section.Sentences);
        }

        if (section.Bars.Count > 0)
        {
            body.Bars(section.Bars.Select(b => (b.Label, b.Share, b.Text, ReportColours.Of(b.Grade))));
        }

        foreach (var item in section.Items)
        {
            body.Name(item.Title).Table([.. item.Rows.Select(r => (r.Label, (string?)r.Text))]);
        }

        if (section.Note is { } note)
        {
            body.Paragraph(note);
        }
    }
}
