using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>
/// Reads the handshake messages of a server's first flight. Up to TLS 1.2 a version is accepted only when the flight gets as far as
/// ServerHelloDone, since a server may choose a version first and then find that it has no way to sign for it; in TLS 1.3 the
/// ServerHello decides, and a HelloRetryRequest counts as one. Never throws.
/// </summary>
internal sealed class TlsFlightParser(SslProtocols asked)
{
    private readonly List<byte> _bytes = new(4096);
    private int _done;
    private SslProtocols _version;
    private string _suite = "";
    private ImmutableArray<ReadOnlyMemory<byte>> _certificates = [];

    /// <summary>Octets so far.</summary>
    public int Length => _bytes.Count;

    /// <summary>Takes what one record held; null while more is needed.</summary>
    public TlsAnswer? Add(ReadOnlySpan<byte> fragment)
    {
        _bytes.AddRange(fragment);
        while (_bytes.Count - _done >= 4)
        {
            var head = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes)[_done..];
            var length = Read24(head[1..]);
            if (head.Length < length + 4)
            {
                return null;
            }

            _done += length + 4;
            if (Message(head[0], head.Slice(4, length)) is { } answer)
            {
                return answer;
            }
        }

        return null;
    }

    private TlsAnswer? Message(byte type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case 2 when _version == SslProtocols.None && ServerHello(body) is { } hello && IsPossible(hello.Version):
                (_version, _suite) = hello;
                return _version == SslProtocols.Tls13 ? Accepted() : null;
            case 2:
                return TlsAnswer.Unclear;
            case 11:
                _certificates = Certificates(body);
                return null;
            case 14:
                return _version == SslProtocols.None ? TlsAnswer.Unclear : Accepted();
            default:
                return null;
        }
    }

    private TlsAnswer Accepted() => new(TlsAnswerKind.Accepted, _version, _suite, _certificates);

    /// <summary>A server may choose an older version than the one asked for, except where TLS 1.3 alone was.</summary>
    private bool IsPossible(SslProtocols chosen) => asked == SslProtocols.Tls13 ? chosen == asked : chosen <= asked;

    private static (SslProtocols Version, string Suite)? ServerHello(ReadOnlySpan<byte> body)
    {
        if (body.Length < 38 || body[0] != 3 || body[1] is not (1 or 2 or 3) || body.Length < 38 + body[34])
        {
            return null;
        }

        var rest = body[(35 + body[34])..];
        var suite = ((TlsCipherSuite)BinaryPrimitives.ReadUInt16BigEndian(rest)).ToString();
        return body[1] switch
        {
            1 => (TlsVersions.Tls10, suite),
            2 => (TlsVersions.Tls11, suite),
            _ => (Is13(rest[3..]) ? SslProtocols.Tls13 : SslProtocols.Tls12, suite),
        };
    }

    /// <summary>Whether the extension supported_versions says 1.3 (RFC 8446 §4.2.1).</summary>
    private static bool Is13(ReadOnlySpan<byte> extensions)
    {
        var rest = extensions.Length < 2 ? default : extensions[2..];
        while (rest.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (rest.Length < length + 4)
            {
                return false;
            }

            if (BinaryPrimitives.ReadUInt16BigEndian(rest) == 43)
            {
                return rest.Slice(4, length) is [3, 4];
            }

            rest = rest[(length + 4)..];
        }

        return false;
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> Certificates(ReadOnlySpan<byte> body)
    {
        var found = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        var rest = body.Length < 3 ? default : body[3..];
        while (rest.Length >= 3 && found.Count < CertificateInspector.ChainLimit)
        {
            var length = Read24(rest);
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
