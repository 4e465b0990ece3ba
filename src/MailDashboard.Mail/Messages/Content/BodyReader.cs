using System.Collections.Immutable;
using System.Text;
using MimeKit;
using MimeKit.IO;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>Reads text and HTML of a message.</summary>
internal static class BodyReader
{
    private const int MaximumFaults = 10;

    /// <summary>The facts, and the source of the HTML where there is any.</summary>
    public static (BodyFacts Facts, string? Html) Read(MimeMessage message, TimeProvider time, ImmutableArray<Excess>.Builder excesses)
    {
        var parts = message.BodyParts.OfType<TextPart>().Where(p => !p.IsAttachment).Take(MessageLimits.Parts).ToList();
        var html = parts.Find(p => p.IsHtml) is { } rich ? Cut(rich, "html", excesses) : null;
        var text = Text(parts, html is not null) is { } plain ? Cut(plain, "text", excesses) : null;
        var facts = new BodyFacts(text, html is not null)
        {
            Charsets = [.. parts.Select(Fault).OfType<CharsetFault>().Take(MaximumFaults)],
            UsesMime = message.Body is not TextPart { IsPlain: true } || message.Body is MimePart { ContentTransferEncoding: not (ContentEncoding.Default or ContentEncoding.SevenBit) },
        };
        if (html is null)
        {
            return (facts, null);
        }

        using var document = GuardedHtml.Parse(html, time);
        if (document is null)
        {
            excesses.Add(new Excess("htmlTags", MessageLimits.HtmlTags));
            return (facts, null);
        }

        var read = HtmlReader.Read(document, html.Length);
        if (read.Links.Length > MessageLimits.Links)
        {
            excesses.Add(new Excess("links", MessageLimits.Links));
        }

        return (facts with { Html = read, Likeness = text is null ? null : Likeness(text, read) }, html);
    }

    /// <summary>The plain text, the first that holds something; without HTML any other text, which readers treat as plain (RFC 2046 §4.1.4).</summary>
    private static TextPart? Text(List<TextPart> parts, bool hasHtml)
    {
        var plain = parts.FindAll(p => p.IsPlain);
        return plain.Find(p => p.Content is { Stream.Length: > 2 }) ?? plain.FirstOrDefault() ?? (hasHtml ? null : parts.FirstOrDefault());
    }

    /// <summary>How many words of the shorter text are in the other; addresses of links count as nothing on both sides.</summary>
    internal static double? Likeness(string text, HtmlFacts html)
    {
        var (plain, rich) = (Words(text), Words(html.Text));
        var (shorter, longer) = plain.Count <= rich.Count ? (plain, rich) : (rich, plain);
        return rich.Count == 0 || longer.Count == 0 ? null : (double)shorter.Count(longer.Contains) / Math.Max(shorter.Count, longer.Count / 4);
    }

    private static HashSet<string> Words(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => !w.Contains("://", StringComparison.Ordinal))
            .Select(w => string.Concat(w.Where(char.IsLetterOrDigit)).ToLowerInvariant()).SelectMany(w => w.Any(IsUnspaced) ? w.Select(c => c.ToString()) : w.Length > 2 ? [w] : Array.Empty<string>()).Take(20_000)];

    /// <summary>Letters of scripts without blanks between words, from Thai to Khmer and from kana to Han: each counts by itself.</summary>
    private static bool IsUnspaced(char c) => c is (>= '\u0e00' and <= '\u0eff') or (>= '\u1000' and <= '\u109f') or (>= '\u1780' and <= '\u17ff') or (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff');

    private static string Cut(TextPart part, string what, ImmutableArray<Excess>.Builder excesses)
    {
        // Quoted-printable takes three octets for one. What is longer is not decoded to its end only to be cut.
        const int most = 4 * MessageLimits.TextCharacters;
        var isLong = part.Content is { Stream.Length: > most };
        var text = isLong ? Start(part, most) : part.Text;
        if (!isLong && text.Length <= MessageLimits.TextCharacters)
        {
            return text;
        }

        excesses.Add(new Excess(what, MessageLimits.TextCharacters));
        return text[..Math.Min(text.Length, MessageLimits.TextCharacters)];
    }

    private static string Start(TextPart part, int octets)
    {
        using var start = new TextPart(part.ContentType.MediaSubtype) { Content = new MimeContent(new BoundStream(part.Content!.Stream!, 0, octets, leaveOpen: true), part.Content.Encoding) };
        start.ContentType.Charset = part.ContentType.Charset;
        return start.Text;
    }

    /// <summary>RFC 2045 §5.2: without a declaration it is ASCII.</summary>
    private static CharsetFault? Fault(TextPart part)
    {
        var charset = part.ContentType.Charset ?? "";
        var name = charset.Trim().ToLowerInvariant();
        if (part.Content is null)
        {
            return null;
        }

        Encoding? encoding = null;
        try
        {
            encoding = name.Length == 0 || name == "us-ascii" ? null : Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // UTF-7 is known and refused.
            return new CharsetFault(part.ContentType.MimeType, Headers.HeaderFields.Clean(charset, 60), true);
        }

        if (encoding is not null && name is not "utf-8")
        {
            // Every octet is something in most of the others: nothing to be found out.
            return null;
        }

        using var octets = new MemoryStream();
        using var content = part.Content.Open();
        CopyWithin(content, octets, MessageLimits.TextCharacters);
        var span = octets.GetBuffer().AsSpan(0, (int)octets.Length);
        var isWrong = encoding is null ? span.ContainsAnyInRange((byte)0x80, (byte)0xff) : octets.Length < MessageLimits.TextCharacters && !System.Text.Unicode.Utf8.IsValid(span);
        return isWrong ? new CharsetFault(part.ContentType.MimeType, Headers.HeaderFields.Clean(charset, 60), false) : null;
    }

    /// <summary>Copies at most so many octets; true where that was all.</summary>
    internal static bool CopyWithin(Stream from, Stream to, long limit)
    {
        var buffer = new byte[16 * 1024];
        while (limit > 0)
        {
            var read = from.Read(buffer, 0, (int)Math.Min(buffer.Length, limit));
            if (read == 0)
            {
                return true;
            }

            to.Write(buffer, 0, read);
            limit -= read;
        }

        return from.ReadByte() < 0;
    }
}
