using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using MimeKit;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>
/// The HTML of a message for a sandboxed frame: an allow-list of elements and styles, nothing that acts, nothing that is fetched,
/// no link that can be followed. Pictures are shown where they came with the message, are small and of a raster format.
/// </summary>
internal static class HtmlPreview
{
    private static readonly string[] Tags =
    [
        "a", "abbr", "b", "blockquote", "body", "br", "caption", "center", "code", "dd", "del", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "html", "i", "img",
        "ins", "li", "ol", "p", "pre", "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
    ];

    private static readonly string[] Attributes =
        ["align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "color", "colspan", "dir", "face", "height", "lang", "rowspan", "size", "src", "style", "title", "valign", "width"];

    /// <summary>None of them takes an address, and none takes an element out of its place.</summary>
    private static readonly string[] Styles =
    [
        "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left", "border-radius", "border-right", "border-spacing", "border-style", "border-top", "border-width",
        "color", "font-family", "font-size", "font-style", "font-weight", "height", "letter-spacing", "line-height", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width",
        "padding", "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align", "text-decoration", "text-transform", "vertical-align", "white-space", "width",
    ];

    private static readonly string[] RasterTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    /// <summary>Null where it is too much to clean.</summary>
    public static string? Clean(string html, MimeMessage message, TimeProvider time)
    {
        try
        {
            using var document = GuardedHtml.Parser(time).ParseDocument(html);
            InlinePictures(document, message);
            CutStyles(document);
            var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
            {
                AllowedTags = new HashSet<string>(Tags, StringComparer.OrdinalIgnoreCase),
                AllowedAttributes = new HashSet<string>(Attributes, StringComparer.OrdinalIgnoreCase),
                AllowedCssProperties = new HashSet<string>(Styles, StringComparer.OrdinalIgnoreCase),
                AllowedSchemes = new HashSet<string>(["data"], StringComparer.OrdinalIgnoreCase),
                UriAttributes = new HashSet<string>(["src"], StringComparer.OrdinalIgnoreCase),
            })
            {
                HtmlParserFactory = () => GuardedHtml.Parser(time, readsStyles: true),
            };
            sanitizer.FilterUrl += (_, e) => e.SanitizedUrl = IsInlined(e.OriginalUrl) ? e.OriginalUrl : null;
            return sanitizer.SanitizeDocument(document.DocumentElement.OuterHtml);
        }
        catch (HtmlTooMuchException)
        {
            return null;
        }
    }

    private static void CutStyles(IHtmlDocument document)
    {
        var left = MessageLimits.PreviewStyles;
        foreach (var element in document.All)
        {
            if (element.GetAttribute("style") is { } style && (left -= style.Length) < 0)
            {
                element.RemoveAttribute("style");
            }
        }
    }

    private static void InlinePictures(IHtmlDocument document, MimeMessage message)
    {
        var left = MessageLimits.PreviewPictures;
        var parts = message.BodyParts.OfType<MimePart>().Where(p => p.ContentId is not null).DistinctBy(p => p.ContentId).ToDictionary(p => p.ContentId!);
        foreach (var image in document.QuerySelectorAll("img").OfType<IElement>())
        {
            var source = image.GetAttribute("src")?.Trim() ?? "";
            var picture = source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) && parts.TryGetValue(source[4..], out var part) ? Picture(part, ref left) : null;
            if (picture is { } found)
            {
                image.SetAttribute("src", $"data:{found.Type};base64,{Convert.ToBase64String(found.Octets)}");
            }
            else
            {
                // One that the message brings along as data: is not believed either.
                image.RemoveAttribute("src");
            }
        }
    }

    /// <param name="part">The picture.</param>
    /// <param name="left">Octets that may be read for pictures; less afterwards by what was, also of one that is not shown.</param>
    private static (string Type, byte[] Octets)? Picture(MimePart part, ref int left)
    {
        if (part.Content is null || left <= 0)
        {
            return null;
        }

        using var octets = new MemoryStream();
        using var content = part.Content.Open();
        var isWhole = BodyReader.CopyWithin(content, octets, Math.Min(left, MessageLimits.PreviewPicture));
        left -= (int)octets.Length;
        return isWhole && RasterType(octets.ToArray()) is { } type ? (type, octets.ToArray()) : null;
    }

    private static string? RasterType(ReadOnlySpan<byte> octets) => octets switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        _ => null,
    };

    private static bool IsInlined(string? url) =>
        url is not null && RasterTypes.Any(t => url.StartsWith($"data:{t};base64,", StringComparison.Ordinal));
}
