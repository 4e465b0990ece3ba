using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace MailDashboard.Web.Toolbox;

/// <summary>Packs a pasted text into an address: deflated, in the letters that addresses allow.</summary>
internal static class TextPacking
{
    /// <summary>Longer addresses are cut by mail programs and chats, in characters.</summary>
    public const int MaximumPacked = 8000;

    /// <summary>What unpacks to more was not made by us, in octets.</summary>
    private const int MaximumUnpacked = 256 * 1024;

    /// <summary>Null where it comes out too long.</summary>
    public static string? Pack(string text)
    {
        if (text.Length > MaximumUnpacked / 2)
        {
            return null;
        }

        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(Encoding.UTF8.GetBytes(text));
        }

        var result = WebEncoders.Base64UrlEncode(packed.ToArray());
        return result.Length <= MaximumPacked ? result : null;
    }

    /// <summary>Null where it was not packed by us.</summary>
    public static string? Unpack(string packed)
    {
        if (packed.Length > MaximumPacked)
        {
            return null;
        }

        try
        {
            using var deflate = new DeflateStream(new MemoryStream(WebEncoders.Base64UrlDecode(packed)), CompressionMode.Decompress);
            var buffer = new byte[MaximumUnpacked + 1];
            var length = deflate.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > MaximumUnpacked ? null : Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or IOException)
        {
            return null;
        }
    }
}
