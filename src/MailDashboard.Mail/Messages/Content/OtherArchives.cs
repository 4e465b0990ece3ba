using System.Buffers.Binary;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>Archives that are recognised and not looked into.</summary>
internal static class OtherArchives
{
    private static readonly Dictionary<string, string> _endings = new()
    {
        ["rar"] = "RAR", ["7z"] = "7z", ["gz"] = "gzip", ["tgz"] = "gzip", ["bz2"] = "bzip2", ["tbz2"] = "bzip2", ["xz"] = "xz", ["txz"] = "xz", ["zst"] = "Zstandard", ["tar"] = "tar",
        ["ace"] = "ACE", ["arj"] = "ARJ", ["lzh"] = "LHA", ["lha"] = "LHA", ["lz"] = "lzip", ["z"] = "compress",
    };

    /// <summary>Which kind it is: by its first octets, whatever its name says, else by its ending; null where it is none.</summary>
    public static string? KindOf(string ending, ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1a, 7, ..] => "RAR",
        [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => "7z",
        [0x1f, 0x8b, 8, ..] => "gzip",
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..] => "bzip2",
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "xz",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "Zstandard",
        [(byte)'M', (byte)'S', (byte)'C', (byte)'F', 0, 0, 0, 0, ..] => "CAB",
        [(byte)'L', (byte)'Z', (byte)'I', (byte)'P', ..] => "lzip",
        [0x1f, 0x9d, ..] => "compress",
        [0x60, 0xea, ..] => "ARJ",
        [_, _, (byte)'-', (byte)'l', (byte)'h' or (byte)'z', _, (byte)'-', ..] => "LHA",
        { Length: >= 14 } when start[7..14].SequenceEqual("**ACE**"u8) => "ACE",
        { Length: >= 262 } when start[257..262].SequenceEqual("ustar"u8) => "tar",
        _ => _endings.GetValueOrDefault(ending),
    };

    /// <summary>Its list of files is encrypted, or its files visibly are. A RAR or 7z that hides it in a packed list is not found out.</summary>
    public static bool IsEncrypted(ReadOnlySpan<byte> octets) => octets switch
    {
        // RAR 5: mark of 8 octets, CRC of 4, size of the header, then its type: 4 is the encryption header.
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1a, 7, 1, 0, _, _, _, _, < 0x80, 4, ..] => true,

        // RAR 4: mark of 7 octets, CRC of 2, type 0x73, flags: 0x0080 says that what follows is encrypted.
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1a, 7, 0, _, _, 0x73, >= 0x80, ..] => true,
        [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => NamesAes(octets),
        _ => false,
    };

    /// <summary>7z: the header lies behind the packed streams, at the offset of octet 12; the method AES-256 is 06 F1 07 01 in it.</summary>
    private static bool NamesAes(ReadOnlySpan<byte> octets)
    {
        const int signature = 32;
        if (octets.Length < signature)
        {
            return false;
        }

        var (offset, length) = (BinaryPrimitives.ReadUInt64LittleEndian(octets[12..]), BinaryPrimitives.ReadUInt64LittleEndian(octets[20..]));
        var rest = (ulong)(octets.Length - signature);
        return offset <= rest && length <= rest - offset && octets.Slice(signature + (int)offset, (int)length).IndexOf((ReadOnlySpan<byte>)[6, 0xf1, 7, 1]) >= 0;
    }
}
