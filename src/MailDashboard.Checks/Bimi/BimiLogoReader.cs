using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace MailDashboard.Checks.Bimi;

/// <summary>Reads a logo. It is hostile: no entities, no outside files, bounded at every step.</summary>
public static class BimiLogoReader
{
    private const string Svg = "http://www.w3.org/2000/svg";
    private const int Decompressed = 256 * 1024;
    private const int FaultLimit = 20;
    private const int Shown = 120;

    /// <summary>
    /// The elements of SVG Tiny 1.2 that the profile leaves: it adds none, so that what larger profiles have (<c>style</c>,
    /// <c>clipPath</c>, <c>mask</c>, <c>filter</c> …) is none of them.
    /// </summary>
    private static readonly ImmutableHashSet<string> Allowed =
    [
        "svg", "title", "desc", "metadata", "defs", "g", "use", "switch", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
        "text", "tspan", "tbreak", "textArea", "linearGradient", "radialGradient", "stop", "solidColor",
        "font", "font-face", "font-face-src", "font-face-uri", "glyph", "missing-glyph", "hkern",
    ];

    /// <summary>Forbidden in whatever namespace they hide.</summary>
    private static readonly ImmutableHashSet<string> Forbidden =
    [
        "script", "handler", "listener", "a", "image", "foreignObject", "audio", "video", "animation", "prefetch", "discard",
        "animate", "animateColor", "animateMotion", "animateTransform", "set", "iframe", "embed", "object",
    ];

    /// <summary>Reads a file, compressed (<c>.svgz</c>) or not. Never throws.</summary>
    public static BimiLogo Read(ReadOnlyMemory<byte> file)
    {
        var content = Decompress(file);
        if (content is not { } plain)
        {
            return new BimiLogo(file.Length) { Unreadable = "gzip" };
        }

        var logo = new BimiLogo(plain.Length) { Content = plain };
        try
        {
            using var stream = new MemoryStream(plain.ToArray());
            using var reader = XmlReader.Create(stream, Settings());
            return Walk(reader, logo);
        }
        catch (Exception e) when (e is XmlException or ArgumentException or NotSupportedException)
        {
            return logo with { Unreadable = plain.Span.IndexOf("<!DOCTYPE"u8) >= 0 ? "<!DOCTYPE" : Cut(e.Message) };
        }
    }

    /// <summary>The same octets, decompressed where they are gzip; null where they are broken or far too many.</summary>
    public static ReadOnlyMemory<byte>? Decompress(ReadOnlyMemory<byte> file)
    {
        if (file.Span is not [0x1f, 0x8b, ..])
        {
            return file;
        }

        try
        {
            using var source = new GZipStream(new MemoryStream(file.ToArray()), CompressionMode.Decompress);
            var room = new byte[Decompressed + 1];
            var read = source.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
            if (read <= Decompressed)
            {
                return room.AsMemory(0, read);
            }

            return null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = Decompressed,
        IgnoreComments = true,
    };

    private static BimiLogo Walk(XmlReader reader, BimiLogo logo)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        var title = "";
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.ProcessingInstruction)
            {
                Add(faults, $"<?{reader.Name}");
            }

            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (reader.Depth == 0)
            {
                if (reader.LocalName != "svg" || reader.NamespaceURI != Svg)
                {
                    return logo with { Unreadable = Cut($"<{reader.Name}>") };
                }

                logo = Root(reader, logo, faults);
            }

            if (Forbidden.Contains(reader.LocalName) || (reader.NamespaceURI == Svg && !Allowed.Contains(reader.LocalName)))
            {
                Add(faults, $"<{reader.LocalName}>");
            }

            Attributes(reader, faults);
            if (reader is { Depth: 1, LocalName: "title", IsEmptyElement: false } && title.Length == 0)
            {
                title = reader.Read() && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA ? Cut(reader.Value.Trim()) : "";
            }
        }

        return logo with { Faults = faults.ToImmutable(), Title = title };
    }

    private static BimiLogo Root(XmlReader reader, BimiLogo logo, ImmutableArray<string>.Builder faults)
    {
        Demand("version", "1.2");
        Demand("baseProfile", "tiny-ps");
        foreach (var name in (ReadOnlySpan<string>)["x", "y"])
        {
            if (reader.GetAttribute(name) is { } value)
            {
                Add(faults, $"<svg {name}=\"{Cut(value)}\">");
            }
        }

        var box = reader.GetAttribute("viewBox") ?? "";
        var sides = box.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var isSquare = sides.Length == 4 && Number(sides[2]) is { } width && width > 0 && Number(sides[3]) == width;
        return logo with { ViewBox = Cut(box), IsSquare = isSquare };

        void Demand(string name, string value)
        {
            if (reader.GetAttribute(name) is var seen && seen != value)
            {
                Add(faults, $"<svg {name}=\"{Cut(seen ?? "")}\">");
            }
        }
    }

    private static void Attributes(XmlReader reader, ImmutableArray<string>.Builder faults)
    {
        while (reader.MoveToNextAttribute())
        {
            var value = reader.Value.Trim();
            var leadsOut = (reader.LocalName is "href" or "src" && !value.StartsWith('#'))
                || (value.Contains("url(", StringComparison.OrdinalIgnoreCase) && !value.Replace(" ", "", StringComparison.Ordinal).Contains("url(#", StringComparison.OrdinalIgnoreCase));
            var isStyle = reader is { LocalName: "style", NamespaceURI: "" };
            if (leadsOut || isStyle || (reader.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) && reader.NamespaceURI.Length == 0))
            {
                Add(faults, $"{reader.Name}=\"{Cut(value)}\"");
            }
        }

        reader.MoveToElement();
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static void Add(ImmutableArray<string>.Builder faults, string fault)
    {
        if (faults.Count < FaultLimit && !faults.Contains(fault))
        {
            faults.Add(fault);
        }
    }

    private static string Cut(string text) => Probing.Smtp.ConversationLog.Clean(text.Length <= Shown ? text : string.Concat(text.AsSpan(0, Shown), "…"));
}
