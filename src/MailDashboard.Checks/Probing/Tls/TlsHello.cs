using System.Buffers.Binary;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>
/// Writes a ClientHello for one version of TLS and, below 1.3, the older ones with it (RFC 5246 §7.4.1.2, RFC 8446 §4.1.2). By hand,
/// because the TLS library of a present-day system refuses to ask for the old ones, and what a server accepts must not depend on
/// where we run.
/// </summary>
internal static class TlsHello
{
    private static readonly ushort[] Suites13 = [0x1301, 0x1302, 0x1303];

    // AEAD suites of TLS 1.2; what 1.2 shares with the older versions follows.
    private static readonly ushort[] Suites12 =
    [
        0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xCCAA, 0x009E, 0x009F,
        0xC023, 0xC027, 0xC024, 0xC028, 0x0067, 0x006B, 0x009C, 0x009D, 0x003C, 0x003D,
    ];

    // ECDHE, DHE and plain RSA with AES-CBC and 3DES, then "renegotiation info" (RFC 5746).
    private static readonly ushort[] OldSuites =
    [
        0xC014, 0xC00A, 0xC013, 0xC009, 0x0039, 0x0033, 0x0035, 0x002F, 0xC012, 0x0016, 0x000A, 0x00FF,
    ];

    private static readonly ushort[] OldGroups = [23, 24, 25];
    private static readonly ushort[] Groups = [29, 23, 24, 25, 30];

    // Every signature that a server might be able to make, weak ones last: judging them is not the hello's task.
    private static readonly ushort[] Signatures =
    [
        0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201,
    ];

    /// <summary>One record that holds the whole hello.</summary>
    /// <param name="host">For the server name extension; left out for an address.</param>
    /// <param name="version">TLS 1.3: that alone. Below: the newest one offered.</param>
    public static byte[] Write(string host, SslProtocols version)
    {
        var is13 = version == SslProtocols.Tls13;
        var extensions = Extensions(host, version);
        var body = new List<byte>(512);
        body.AddRange([0x03, (byte)(is13 ? 3 : Minor(version))]);
        body.AddRange(RandomNumberGenerator.GetBytes(32));

        // A session id that means nothing: TLS 1.3 passes for 1.2 on the way so (RFC 8446 appendix D.4).
        body.Add((byte)(is13 ? 32 : 0));
        body.AddRange(is13 ? RandomNumberGenerator.GetBytes(32) : []);
        AddList(body, is13 ? Suites13 : version == SslProtocols.Tls12 ? [.. Suites12, .. OldSuites] : OldSuites);
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

    private static byte Minor(SslProtocols version) => version == TlsVersions.Tls10 ? (byte)1 : version == TlsVersions.Tls11 ? (byte)2 : (byte)3;

    private static List<byte> Extensions(string host, SslProtocols version)
    {
        var extensions = new List<byte>(256);
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

        AddListExtension(extensions, 10, version < SslProtocols.Tls12 ? OldGroups : Groups);
        if (version != SslProtocols.Tls13)
        {
            extensions.AddRange([0, 11, 0, 2, 1, 0]);
        }

        if (version >= SslProtocols.Tls12)
        {
            AddListExtension(extensions, 13, Signatures);
        }

        if (version == SslProtocols.Tls12)
        {
            // Extended master secret (RFC 7627): some servers insist on it.
            extensions.AddRange([0, 23, 0, 0]);
        }

        if (version == SslProtocols.Tls13)
        {
            extensions.AddRange([0, 43, 0, 3, 2, 3, 4]);

            // Any 32 octets are a key of X25519; a server that wants another group asks for it, which is an answer as well.
            extensions.AddRange([0, 51, 0, 38, 0, 36, 0, 29, 0, 32]);
            extensions.AddRange(RandomNumberGenerator.GetBytes(32));
        }

        return extensions;
    }

    private static void AddListExtension(List<byte> to, ushort type, ushort[] values)
    {
        Add16(to, type);
        Add16(to, (values.Length * 2) + 2);
        AddList(to, values);
    }

    private static void AddList(List<byte> to, ushort[] values)
    {
        Add16(to, values.Length * 2);
        foreach (var value in values)
        {
            Add16(to, value);
        }
    }

    private static void Add16(List<byte> to, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)value));
        to.AddRange(bytes);
    }
}
