using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Mail.Messages.Content;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Judges text and HTML.</summary>
internal static class ContentJudge
{
    /// <summary>Fewer words in common than this, and the two versions are two messages.</summary>
    private const double Alike = 0.4;

    /// <summary>Characters a picture; more pictures than a few need more text than this many altogether.</summary>
    private const int HardlyAnyText = 40;

    private const int EnoughText = 100;
    private const int GmailClips = 102 * 1024;

    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        if (seen.Body is not { } body)
        {
            verdict.CouldNotTell(Subject.Part("body"), Reason.Of("NotRead"));
            return;
        }

        foreach (var fault in body.Charsets)
        {
            verdict.Mark(ContentMarks.BadCharset, Subject.Part(fault.Part), new Evidence("value", $"{fault.Part}; charset={(fault.Charset.Length > 0 ? fault.Charset : "–")}"));
        }

        var plain = body.Text?.Trim() ?? "";
        if (body.Html is { } html)
        {
            Html(html, plain, body, verdict);
        }
        else if (body.HasHtml)
        {
            verdict.CouldNotTell(Subject.Part("text/html"), Reason.Of("NotRead"));
        }
        else if (plain.Length == 0 && seen.Attachments.IsEmpty)
        {
            verdict.Mark(ContentMarks.EmptyBody, Subject.Part("body"));
        }
    }

    private static void Html(HtmlFacts html, string plain, BodyFacts body, VerdictBuilder verdict)
    {
        var subject = Subject.Part("text/html");
        var isPictures = html.Pictures > 0 && html.Text.Length < Math.Min(html.Pictures * HardlyAnyText, EnoughText);
        if (html.Text.Length == 0 && html.Pictures == 0 && plain.Length == 0)
        {
            verdict.Mark(ContentMarks.EmptyBody, subject);
            return;
        }

        if (plain.Length == 0)
        {
            verdict.Mark(ContentMarks.NoPlainText, subject);
        }
        else if (body.Likeness < Alike && !isPictures)
        {
            verdict.Mark(ContentMarks.TextDiffers, Subject.Part("text/plain"), new Evidence("value", body.Likeness.Value.ToString("P0", CultureInfo.InvariantCulture)));
        }
        else
        {
            verdict.Fine(Subject.Part("text/plain"), "text", Number(plain.Length));
        }

        if (isPictures)
        {
            verdict.Mark(ContentMarks.OnlyPictures, subject, new Evidence("count", Number(html.Pictures)), new Evidence("value", Number(html.Text.Length)));
        }
        else if (html.WithoutAlt > 0)
        {
            verdict.Mark(ContentMarks.NoAlt, subject, new Evidence("count", Number(html.WithoutAlt)));
        }

        if (!html.Pixels.IsEmpty)
        {
            verdict.Mark(ContentMarks.TrackingPixel, subject, new Evidence("value", string.Join('\n', html.Pixels)));
        }

        if (!html.Active.IsEmpty)
        {
            verdict.Mark(ContentMarks.ActiveContent, subject, new Evidence("value", string.Join(", ", html.Active)));
        }

        if (html.Forms > 0)
        {
            verdict.Mark(ContentMarks.Form, subject, new Evidence("count", Number(html.Forms)));
        }

        if (html.Characters > GmailClips)
        {
            verdict.Mark(ContentMarks.Clipped, subject, new Evidence("count", Number(html.Characters)));
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
