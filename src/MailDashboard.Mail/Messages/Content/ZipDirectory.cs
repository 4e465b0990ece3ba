using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>An entry of a ZIP archive, as its directory has it.</summary>
internal readonly record struct ZipEntry(string Name, bool IsEncrypted, long Octets, int Method, int Offset, long Packed);

/// <summary>
/// Lists a ZIP archive (APPNOTE 4.3) from its directory: nothing is unpacked, and a directory that names a million entries is not
/// read to its end.
/// </summary>
internal sealed record ZipDirectory(ReadOnlyMemory<byte> Archive, ImmutableArray<ZipEntry> Entries, bool IsWhole)
{
    private const uint EndSignature = 0x06054b50;
    private const uint EntrySignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;
    private const int EndLength = 22;
    private const int EntryLength = 46;
    private const int LocalLength = 30;

    public static bool IsZip(ReadOnlySpan<byte> octets) => octets is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..];

    /// <summary>Null where there is no directory that can be read.</summary>
    public static ZipDirectory? Read(ReadOnlyMemory<byte> archive, int limit)
    {
        var octets = archive.Span;
        var end = FindEnd(octets);
        if (end < 0)
        {
            return null;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(octets[(end + 10)..]);
        var at = (long)BinaryPrimitives.ReadUInt32LittleEndian(octets[(end + 16)..]);
        var entries = ImmutableArray.CreateBuilder<ZipEntry>();
        while (entries.Count < Math.Min(count, limit) && at + EntryLength <= octets.Length && Word(octets, (int)at) == EntrySignature)
        {
            var entry = octets[(int)at..];
            int name = BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]);
            var length = EntryLength + name + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
            if (EntryLength + name > entry.Length)
            {
                break;
            }

            entries.Add(new ZipEntry(
                Encoding.UTF8.GetString(entry.Slice(EntryLength, Math.Min(name, 500))),
                (entry[8] & 1) != 0,
                BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]),
                BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]),
                (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]), int.MaxValue),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[20..])));
            at += length;
        }

        return new ZipDirectory(archive, entries.ToImmutable(), entries.Count == count);
    }

    /// <summary>Unpacks an entry; null where it cannot be unpacked, or is longer than what is left.</summary>
    /// <param name="entry">Which.</param>
    /// <param name="left">Octets that may be unpacked; less afterwards by what was, also of an entry that is longer.</param>
    public byte[]? Unpack(ZipEntry entry, ref long left)
    {
        using var unpacked = new MemoryStream();
        var isWhole = Copy(entry, unpacked, left);
        left -= unpacked.Length;
        return isWhole ? unpacked.ToArray() : null;
    }

    /// <summary>The first octets of an entry; empty where it cannot be unpacked.</summary>
    public byte[] Peek(ZipEntry entry, int most)
    {
        using var start = new MemoryStream();
        Copy(entry, start, most);
        return start.ToArray();
    }

    /// <returns>True where it was unpacked to its end.</returns>
    private bool Copy(ZipEntry entry, MemoryStream to, long limit)
    {
        var octets = Archive.Span;
        if (entry.IsEncrypted || entry.Offset > octets.Length - LocalLength || Word(octets, entry.Offset) != LocalSignature)
        {
            return false;
        }

        var start = (long)entry.Offset + LocalLength
            + BinaryPrimitives.ReadUInt16LittleEndian(octets[(entry.Offset + 26)..]) + BinaryPrimitives.ReadUInt16LittleEndian(octets[(entry.Offset + 28)..]);
        if (start + entry.Packed > octets.Length || !MemoryMarshal.TryGetArray(Archive, out var array))
        {
            return false;
        }

        // Entries may lie over each other, each as large as the archive: none is copied.
        using var packed = new MemoryStream(array.Array!, array.Offset + (int)start, (int)entry.Packed, writable: false);
        using Stream? content = entry.Method switch { 0 => packed, 8 => new DeflateStream(packed, CompressionMode.Decompress), _ => null };
        try
        {
            return content is not null && BodyReader.CopyWithin(content, to, limit);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static int FindEnd(ReadOnlySpan<byte> octets)
    {
        for (var at = octets.Length - EndLength; at >= 0 && at >= octets.Length - EndLength - ushort.MaxValue; at--)
        {
            if (Word(octets, at) == EndSignature)
            {
                return at;
            }
        }

        return -1;
    }

    private static uint Word(ReadOnlySpan<byte> octets, int at) => BinaryPrimitives.ReadUInt32LittleEndian(octets[at..]);
}
