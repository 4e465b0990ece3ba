using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>
/// Writes a ClientHello that offers TLS 1.1 and 1.0 at most (RFC 4346 §7.4.1.2). By hand, because the TLS library of a
/// present-day system refuses to speak these versions, and what a server still accepts must not depend on where we run.
/// </summary>
internal static class OldTlsHello
{
    // ECDHE, DHE and plain RSA with AES-CBC and 3DES, then "renegotiation info" (RFC 5746).
    private static readonly ushort[] Suites =
    [
        0xC014, 0xC00A, 0xC013, 0xC009, 0x0039, 0x0033, 0x0035, 0x002F, 0xC012, 0x0016, 0x000A, 0x00FF,
    ];

    private static readonly ushort[] Curves = [23, 24, 25];

    /// <summary>One record that holds the whole hello.</summary>
    public static byte[] Write(string host)
    {
        var extensions = Extensions(host);
        var body = new List<byte>(256);
        body.AddRange([0x03, 0x02]);
        body.AddRange(RandomNumberGenerator.GetBytes(32));
        body.Add(0);
        Add16(body, Suites.Length * 2);
        foreach (var suite in Suites)
        {
            Add16(body, suite);
        }

        body.AddRange([1, 0]);
        Add16(body, extensions.Count);
        body.AddRange(extensions);

        var record = new List<byte>(body.Count + 9) { 22, 0x03, 0x01 };
        Add16(record, body.Count + 4);
        record.AddRange([1, 0]);
        Add16(record, body.Count);
        record.AddRange(body);
        return [.. record];
    }

    private static List<byte> Extensions(string host)
    {
        var extensions = new List<byte>(128);
        if (!IPAddress.TryParse(host, out _) && host.Length is > 0 and <= 253)
        {
            var name = Encoding.ASCII.GetBytes(host);
            Add16(extensions, 0);
            Add16(extensions, name.Length + 5);
            Add16(extensions, name.Length + 3);
            extensions.Add(0);
            Add16(extensions, name.Length);
            extensions.AddRange(name);
        }

        Add16(extensions, 10);
        Add16(extensions, (Curves.Length * 2) + 2);
        Add16(extensions, Curves.Length * 2);
        foreach (var curve in Curves)
        {
            Add16(extensions, curve);
        }

        Add16(extensions, 11);
        Add16(extensions, 2);
        extensions.AddRange([1, 0]);
        return extensions;
    }

    private static void Add16(List<byte> to, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)value));
        to.AddRange(bytes);
    }
}
