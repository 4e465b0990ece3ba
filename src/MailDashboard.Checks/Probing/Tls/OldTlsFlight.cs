using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>What a server answered to <see cref="OldTlsHello"/>.</summary>
/// <param name="Version">TLS 1.0 or 1.1 where it accepts it, <see cref="SslProtocols.None"/> where it refuses, null where it cannot be told.</param>
/// <param name="CipherSuite">IANA name, empty unless accepted.</param>
/// <param name="Certificates">DER of each certificate, leaf first: these versions send them in clear.</param>
internal sealed record OldTlsAnswer(SslProtocols? Version, string CipherSuite, ImmutableArray<ReadOnlyMemory<byte>> Certificates)
{
    public static OldTlsAnswer Unknown { get; } = new(null, "", []);

    public static OldTlsAnswer Refused { get; } = new(SslProtocols.None, "", []);
}

/// <summary>
/// Reads a server's first flight: accepted only when it gets as far as ServerHelloDone, since a server may choose a
/// version first and then find that it has no way to sign for it.
/// </summary>
internal static class OldTlsFlight
{
    /// <summary>A flight is a few kilobytes; more is refused.</summary>
    private const int Limit = 64 * 1024;

    /// <summary>Reads until it is clear. Throws <see cref="IOException"/> as the stream does, and when cancelled.</summary>
    public static async Task<OldTlsAnswer> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var handshake = new List<byte>(4096);
        var header = new byte[5];
        while (handshake.Count <= Limit)
        {
            if (await stream.ReadAtLeastAsync(header, 5, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < 5)
            {
                return OldTlsAnswer.Unknown;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(3));
            if (header[1] != 3 || length > 16 * 1024 + 2048)
            {
                return OldTlsAnswer.Unknown;
            }

            if (header[0] != 22)
            {
                // An alert: whatever it says, this version is not to be had.
                return header[0] == 21 ? OldTlsAnswer.Refused : OldTlsAnswer.Unknown;
            }

            var fragment = new byte[length];
            await stream.ReadExactlyAsync(fragment, cancellationToken).ConfigureAwait(false);
            handshake.AddRange(fragment);
            if (Parse(handshake.ToArray()) is { } answer)
            {
                return answer;
            }
        }

        return OldTlsAnswer.Unknown;
    }

    /// <summary>Null while more is needed.</summary>
    internal static OldTlsAnswer? Parse(ReadOnlyMemory<byte> flight)
    {
        var (version, suite) = (SslProtocols.None, "");
        ImmutableArray<ReadOnlyMemory<byte>> certificates = [];
        while (flight.Length >= 4)
        {
            var length = Read24(flight.Span[1..]);
            if (flight.Length < length + 4)
            {
                return null;
            }

            var body = flight.Slice(4, length);
            switch (flight.Span[0])
            {
                case 2 when ServerHello(body.Span) is { } hello:
                    (version, suite) = hello;
                    break;
                case 2:
                    return OldTlsAnswer.Unknown;
                case 11:
                    certificates = Certificates(body);
                    break;
                case 14:
                    return version == SslProtocols.None ? OldTlsAnswer.Unknown : new OldTlsAnswer(version, suite, certificates);
            }

            flight = flight[(length + 4)..];
        }

        return null;
    }

    private static (SslProtocols Version, string Suite)? ServerHello(ReadOnlySpan<byte> body)
    {
        if (body.Length < 38 || body[0] != 3 || body[1] is not (1 or 2) || body.Length < 38 + body[34])
        {
            return null;
        }

        var suite = (TlsCipherSuite)BinaryPrimitives.ReadUInt16BigEndian(body[(35 + body[34])..]);
        return (body[1] == 1 ? TlsVersions.Tls10 : TlsVersions.Tls11, suite.ToString());
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> Certificates(ReadOnlyMemory<byte> body)
    {
        var found = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        var rest = body.Length < 3 ? default : body[3..];
        while (rest.Length >= 3 && found.Count < CertificateInspector.ChainLimit)
        {
            var length = Read24(rest.Span);
            if (rest.Length < length + 3)
            {
                break;
            }

            found.Add(rest.Slice(3, length).ToArray());
            rest = rest[(length + 3)..];
        }

        return found.ToImmutable();
    }

    private static int Read24(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
}
