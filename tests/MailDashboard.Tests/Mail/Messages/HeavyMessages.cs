using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using MailDashboard.Mail.Messages;

namespace MailDashboard.Tests.Mail.Messages;

/// <summary>Messages made to cost time or memory: as large as may be judged, or small and cunning.</summary>
internal static class HeavyMessages
{
    private const string Header = "Date: Tue, 24 Nov 2026 09:59:50 +0000\nFrom: a@good.example\nTo: test@mailbox.example\nMessage-ID: <1@good.example>\nSubject: Hello\nMIME-Version: 1.0\n";
    private const string Mixed = "Content-Type: multipart/mixed; boundary=b\n\n";

    public static byte[] Make(string kind)
    {
        var message = WellWorld.Crlf(Text(kind));
        return message.Length < MessageLimits.Octets - 1000 ? message : message[..(MessageLimits.Octets - 1000)];
    }

    private static string Text(string kind) => kind switch
    {
        "attachment" => Attached("a.bin", new byte[38_000_000]),
        "text" => Header + "\n" + new string('x', MessageLimits.Octets),
        "html" => Html(Repeat("<p>hello world</p>\n", 3_000_000)),
        "parts" => Header + Mixed + Repeat($"--b\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n{Base64(new byte[36_000])}\n", 998) + "--b--\n",
        "multiparts" => Header + string.Concat(Enumerable.Range(0, 500).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n")) + "Content-Type: text/plain\n\n" + Repeat("hello world\n", 4_000_000),
        "messages" => Repeat(Header + "Content-Type: message/rfc822\n\n", 500) + Header + "\n" + Repeat("hello world\n", 3_900_000),
        "longHeader" => Header + "X-Long:" + Repeat(" abc\n", 200_000) + "\nx\n",
        "longPartHeader" => Header + Mixed + "--b\nX-Long:" + Repeat(" abc\n", 800_000) + "\nx\n--b--\n",
        "emptyLines" => Repeat("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=good.example; s=s1; h=from; bh=AAAA; b=AAAA\n", 10) + Header + "\n" + Repeat("\n", 25_000_000),
        "zipBomb" => Attached("a.zip", Zip(Enumerable.Range(0, 50).Select(i => ($"{i}.zip", new byte[MessageLimits.ArchiveOctets + 1])))),
        "zipInZip" => Attached("a.zip", Enumerable.Range(0, 500).Aggregate("x"u8.ToArray(), (inner, _) => Zip([("b.zip", inner)]))),
        "zipOverlap" => Attached("a.zip", Overlapping(2_000, 30_000_000)),
        "pictures" => Header + "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n" + Repeat("<img src=cid:x>", 45_000) + "\n"
            + Repeat("--b\nContent-Type: image/png\nContent-ID: <y>\n\nx\n", 900) + $"--b\nContent-Type: image/png\nContent-ID: <x>\nContent-Transfer-Encoding: base64\n\n{Base64(new byte[190_000])}\n--b--\n",
        "styles" => Html(Repeat("<p style=\"color:red;margin:0;padding:1px;border:1px solid red\">x</p>", 14_000)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Html(string html) => $"{Header}Content-Type: text/html; charset=utf-8\n\n{html}\n";

    private static string Attached(string name, byte[] content) =>
        $"{Header}{Mixed}--b\nContent-Type: text/plain\n\nhello\n--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"{name}\"\nContent-Transfer-Encoding: base64\n\n{Base64(content)}\n--b--\n";

    private static string Base64(byte[] content) => Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks);

    private static string Repeat(string piece, int count) => new StringBuilder(piece.Length * count).Insert(0, piece, count).ToString();

    private static byte[] Zip(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Entries that all lie on the same octets, each nearly as large as the archive, and unpack to nothing.</summary>
    private static byte[] Overlapping(int count, int packed)
    {
        var one = Zip([("b.zip", [])]);
        var directory = one.AsSpan().IndexOf("PK\u0001\u0002"u8);
        var local = one[..directory];
        var entry = one[directory..one.AsSpan().IndexOf("PK\u0005\u0006"u8)];
        var end = one[^22..];
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(10), 8);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(20), (uint)packed);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)(local.Length + packed));
        return [.. local, 3, 0, .. new byte[packed - 2], .. Enumerable.Repeat(entry, count).SelectMany(e => e), .. end];
    }
}
