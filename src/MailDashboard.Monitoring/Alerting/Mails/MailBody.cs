using System.Globalization;
using System.Net;
using System.Text;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>
/// Writes text and HTML side by side, so that neither says more than the other: 600 pixels, one column, no remote image, nothing
/// that tells us whether it was read. Everything that goes in is plain text; encoding happens here and nowhere else.
/// </summary>
internal sealed class MailBody(CultureInfo culture)
{
    private const string Cell = "padding:6px 12px 6px 0;vertical-align:top;border-top:1px solid #e3e6ea;";

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _html = new();

    /// <summary>The first line: the fact.</summary>
    public MailBody Fact(string text) => Block(text, "font-size:18px;line-height:26px;margin:0 0 12px;font-weight:600;");

    public MailBody Paragraph(string text) => Block(text, "font-size:15px;line-height:23px;margin:0 0 12px;");

    /// <summary>The name of one thing among several.</summary>
    public MailBody Name(string text) => Block(text, "font-size:15px;line-height:23px;margin:16px 0 4px;font-weight:600;");

    /// <summary>Bars beside their words: cells with a colour, no image. The words alone say all.</summary>
    /// <param name="bars">Label, share from 0 to 1, words, colour.</param>
    public MailBody Bars(params IEnumerable<(string Label, double Share, string Text, string Colour)> bars)
    {
        _html.Append("<table role=\"presentation\" style=\"border-collapse:collapse;width:100%;font-size:14px;line-height:20px;margin:0 0 12px;\">");
        foreach (var (label, share, text, colour) in bars)
        {
            // A cell of no width would still be drawn.
            var width = Math.Clamp((int)Math.Round(share * 100), share > 0 ? 1 : 0, 100);
            var bar = width == 0 ? "" : $"<div style=\"background:{colour};width:{width.ToString(CultureInfo.InvariantCulture)}%;height:12px;line-height:12px;font-size:1px;\">&nbsp;</div>";
            _text.Append(label).Append(culture.TwoLetterISOLanguageName == "fr" ? "\u00a0: " : ": ").AppendLine(Line(text));
            _html.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"padding:3px 12px 3px 0;width:28%;\">{Encode(label)}</td><td style=\"padding:3px 12px 3px 0;width:32%;\">{bar}</td><td style=\"padding:3px 0;\">{Encode(text)}</td></tr>");
        }

        _text.AppendLine();
        _html.Append("</table>");
        return this;
    }

    /// <summary>Sentences that belong together, one a line.</summary>
    public MailBody Points(params IEnumerable<string> sentences)
    {
        _html.Append("<ul style=\"font-size:15px;line-height:23px;margin:0 0 12px;padding-left:22px;\">");
        foreach (var sentence in sentences)
        {
            _text.AppendLine(culture, $"- {Line(sentence)}");
            _html.Append(CultureInfo.InvariantCulture, $"<li>{Encode(sentence)}</li>");
        }

        _text.AppendLine();
        _html.Append("</ul>");
        return this;
    }

    public MailBody Heading(string text)
    {
        _text.AppendLine(text);
        _html.Append(CultureInfo.InvariantCulture, $"<h2 style=\"font-size:15px;margin:20px 0 8px;\">{Encode(text)}</h2>");
        return this;
    }

    /// <summary>Labels with what was seen, verbatim; a row without a value is left out.</summary>
    public MailBody Table(params (string Label, string? Value)[] rows)
    {
        _html.Append("<table role=\"presentation\" style=\"border-collapse:collapse;width:100%;font-size:14px;line-height:20px;margin:0 0 12px;\">");
        foreach (var (label, value) in rows)
        {
            if (string.IsNullOrEmpty(value))
            {
                continue;
            }

            _text.Append(label).Append(culture.TwoLetterISOLanguageName == "fr" ? "\u00a0: " : ": ").AppendLine(Line(value));
            _html.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"{Cell}color:#5b6b7b;width:34%;\">{Encode(label)}</td><td style=\"{Cell}word-break:break-word;\">{EncodeOrLink(value)}</td></tr>");
        }

        _text.AppendLine();
        _html.Append("</table>");
        return this;
    }

    public MailBody Steps(params IEnumerable<string> steps)
    {
        var number = 0;
        _html.Append("<ol style=\"font-size:15px;line-height:23px;margin:0 0 16px;padding-left:22px;\">");
        foreach (var step in steps)
        {
            _text.AppendLine(culture, $"{++number}. {Line(step)}");
            _html.Append(CultureInfo.InvariantCulture, $"<li style=\"margin:0 0 6px;\">{EncodeWithLinks(step)}</li>");
        }

        _text.AppendLine();
        _html.Append("</ol>");
        return this;
    }

    /// <summary>The one button; left out while no public URL is known.</summary>
    public MailBody Button(string label, string? url)
    {
        if (IsWebAddress(url))
        {
            _text.AppendLine(culture, $"{label}{(culture.TwoLetterISOLanguageName == "fr" ? "\u00a0" : "")}: {url}").AppendLine();
            _html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:20px 0;\"><a href=\"{Encode(url!)}\" style=\"background:#2f6fb3;color:#ffffff;padding:11px 20px;border-radius:6px;text-decoration:none;font-size:15px;display:inline-block;\">{Encode(label)}</a></p>");
        }

        return this;
    }

    /// <summary>Why the reader gets this, and how to change it.</summary>
    public MailBody Footer(params string[] lines)
    {
        _text.AppendLine("-- ");
        _html.Append("<p style=\"font-size:12px;line-height:18px;color:#5b6b7b;border-top:1px solid #e3e6ea;padding-top:12px;margin:24px 0 0;\">");
        _html.Append(string.Join("<br>", lines.Select(Encode))).Append("</p>");
        foreach (var line in lines)
        {
            _text.AppendLine(Line(line));
        }

        return this;
    }

    public ComposedMail Close(string subject) => new(Line(subject), _text.ToString().ReplaceLineEndings("\n"), Document(subject));

    private static string Encode(string text) => WebUtility.HtmlEncode(Line(text));

    /// <summary>A value that is a web address becomes a link; nothing else in it is believed.</summary>
    private static string EncodeOrLink(string value) =>
        IsWebAddress(value) ? $"<a href=\"{Encode(value)}\" style=\"color:#2f6fb3;\">{Encode(value)}</a>" : Encode(value);

    private static string EncodeWithLinks(string text) => string.Join(' ', Line(text).Split(' ').Select(EncodeOrLink));

    /// <summary>Nothing but an address, and one whose host is where it looks to be: <c>https://good@evil/</c> is none.</summary>
    private static bool IsWebAddress(string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0 && !value!.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    /// <summary>One line: what a blocklist or a record says must not begin a line that looks like ours.</summary>
    private static string Line(string text) => Mail.Sending.OutgoingMime.OneLine(text);

    private MailBody Block(string text, string style)
    {
        _text.AppendLine(Line(text)).AppendLine();
        _html.Append(CultureInfo.InvariantCulture, $"<p style=\"{style}\">{Encode(text)}</p>");
        return this;
    }

    private string Document(string subject) =>
        $"""
        <!DOCTYPE html>
        <html lang="{culture.TwoLetterISOLanguageName}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encode(subject)}</title></head>
        <body style="margin:0;padding:24px 12px;background:#f4f5f7;color:#1b2430;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;">
        <div style="max-width:600px;margin:0 auto;background:#ffffff;border-radius:8px;padding:28px;">{_html}</div>
        </body></html>
        """;
}
