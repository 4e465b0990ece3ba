using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Headers;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>Reads links, pictures and what acts out of HTML. Nothing is fetched.</summary>
internal static class HtmlReader
{
    private const int MaximumShown = 10;
    private const int MaximumTarget = 500;

    private static readonly HashSet<string> Acting = ["script", "iframe", "object", "embed", "applet", "frame", "frameset", "base"];
    private static readonly string[] ActingAddresses = ["javascript:", "vbscript:", "data:text/html"];
    private static readonly HashSet<string> Unseen = ["script", "style", "head", "title", "template", "noscript"];

    public static HtmlFacts Read(IHtmlDocument document, int characters)
    {
        var links = ImmutableArray.CreateBuilder<LinkFacts>();
        var active = new List<string>();
        var pixels = new List<string>();
        var (pictures, withoutAlt, forms) = (0, 0, 0);
        foreach (var element in document.All)
        {
            switch (element.LocalName)
            {
                case "a" or "area" when element.GetAttribute("href") is { } href && links.Count <= MessageLimits.Links:
                    links.Add(Link(href, element.TextContent));
                    break;
                case "img" when IsPixel(element):
                    pixels.Add(HeaderFields.Clean(element.GetAttribute("src") ?? "", MaximumTarget));
                    break;
                case "img":
                    pictures++;
                    withoutAlt += element.HasAttribute("alt") ? 0 : 1;
                    break;
                case "form":
                    forms++;
                    break;
                case var name when Acting.Contains(name):
                    active.Add($"<{name}>");
                    break;
                case "meta" when string.Equals(element.GetAttribute("http-equiv"), "refresh", StringComparison.OrdinalIgnoreCase):
                    active.Add("<meta refresh>");
                    break;
            }

            active.AddRange(element.Attributes.Where(a => IsActing(a)).Select(a => HeaderFields.Clean($"{element.LocalName} {a.Name}", 80)));
        }

        return new HtmlFacts(links.ToImmutable(), Text(document))
        {
            Pictures = pictures,
            WithoutAlt = withoutAlt,
            Forms = forms,
            Pixels = [.. pixels.Distinct().Take(MaximumShown)],
            Active = [.. active.Distinct().Take(MaximumShown)],
            Characters = characters,
        };
    }

    /// <summary>What a reader sees: text without styles and scripts, one blank between words.</summary>
    public static string Text(INode node)
    {
        var text = new StringBuilder();
        foreach (var part in node.Descendants<IText>().Where(t => !t.Ancestors<IElement>().Any(a => Unseen.Contains(a.LocalName))))
        {
            text.Append(part.Data).Append(' ');
            if (text.Length > MessageLimits.TextCharacters)
            {
                break;
            }
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    internal static LinkFacts Link(string href, string shown)
    {
        var text = HeaderFields.Clean(string.Join(' ', (shown.Length > 2000 ? shown[..2000] : shown).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), MaximumTarget);
        var isUri = Uri.TryCreate(AsBrowsersRead(href), UriKind.Absolute, out var uri);
        var isWeb = isUri && uri!.Scheme is "http" or "https";
        return new LinkFacts(HeaderFields.Clean(href, MaximumTarget), text, isWeb ? HostOf(uri!) : "")
        {
            Scheme = isUri ? uri!.Scheme : "",
            ShownHost = isWeb ? Believed(text, uri!) : "",
        };
    }

    /// <summary>The host that people take it for: the one in the text, else one in front of an @ (RFC 3986 §7.6).</summary>
    private static string Believed(string text, Uri uri) => ShownHost(text) is { Length: > 0 } host ? host : ShownHost(Uri.UnescapeDataString(uri.UserInfo.Split(':')[0]));

    /// <summary>Browsers drop line ends and tabs anywhere, control characters and blanks at both ends, and take a backslash for a slash.</summary>
    private static string AsBrowsersRead(string href)
    {
        var address = string.Concat(href.Where(c => c is not ('\t' or '\r' or '\n'))).Trim([.. Enumerable.Range(0, 33).Select(c => (char)c)]);
        return address.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? address.Replace('\\', '/') : address;
    }

    /// <summary>The text is an address of the web, with or without its scheme: then people believe it.</summary>
    private static string ShownHost(string text)
    {
        var candidate = text.Split(' ')[0].TrimEnd('.', ',', ')');
        if (text.Contains(' ', StringComparison.Ordinal) || candidate.Contains('@', StringComparison.Ordinal) || !candidate.Contains('.', StringComparison.Ordinal))
        {
            return "";
        }

        var withScheme = candidate.Contains("://", StringComparison.Ordinal) ? candidate : $"https://{candidate}";
        if (!Uri.TryCreate(withScheme, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.HostNameType != UriHostNameType.Dns)
        {
            return "";
        }

        var host = HostOf(uri);
        var ending = host[(host.LastIndexOf('.') + 1)..];
        return ending.Length >= 2 && ending.All(char.IsAsciiLetter) && (withScheme == candidate || host.StartsWith("www.", StringComparison.Ordinal) || uri.AbsolutePath.Length > 1 || !LooksLikeFile(host))
            ? host
            : "";
    }

    /// <summary>A-labels, lower case; a host that has none is none.</summary>
    private static string HostOf(Uri uri)
    {
        try
        {
            return DnsNames.Normalize(uri.IdnHost);
        }
        catch (UriFormatException)
        {
            return "";
        }
    }

    /// <summary>"report.pdf" is a file to people, though it could be a host.</summary>
    private static bool LooksLikeFile(string name) => name.Split('.')[^1].ToLowerInvariant() is "pdf" or "doc" or "docx" or "xls" or "xlsx" or "zip" or "txt" or "jpg" or "png" or "html" or "csv" or "md" or "js" or "json" or "xml";

    private static bool IsActing(IAttr attribute) =>
        attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
        || (attribute.Name is "href" or "src" or "action" && AsBrowsersRead(attribute.Value) is var address && Array.Exists(ActingAddresses, a => address.StartsWith(a, StringComparison.OrdinalIgnoreCase)));

    private static bool IsPixel(IElement image)
    {
        var style = (image.GetAttribute("style") ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        var isRemote = image.GetAttribute("src")?.TrimStart().StartsWith("http", StringComparison.OrdinalIgnoreCase) == true;
        return isRemote && ((IsTiny(image.GetAttribute("width")) && IsTiny(image.GetAttribute("height"))) || style.Contains("display:none", StringComparison.Ordinal)
            || (style.Contains("width:1px", StringComparison.Ordinal) && style.Contains("height:1px", StringComparison.Ordinal)));
    }

    private static bool IsTiny(string? size) => double.TryParse(size?.Replace("px", "", StringComparison.OrdinalIgnoreCase), NumberStyles.Float, CultureInfo.InvariantCulture, out var pixels) && pixels <= 2;
}
