using System.Buffers.Binary;
using System.Security.Authentication;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>Reads the records of a server's first flight (RFC 8446 §5.1); its messages are <see cref="TlsFlightParser"/>'s.</summary>
internal static class TlsFlight
{
    /// <summary>A flight is a few kilobytes; more is refused.</summary>
    private const int Limit = 64 * 1024;

    /// <summary>Records of a flight; a server may send each octet in one of its own, but no honest one does.</summary>
    private const int RecordLimit = 1000;

    private const byte Warning = 1;

    // Unrecognized name (RFC 6066 §3): about the server's names, not about the version.
    private const byte UnrecognizedName = 112;

    /// <summary>Reads until it is clear. Throws only when cancelled; a connection that breaks is an answer.</summary>
    /// <param name="asked">What <see cref="TlsHello"/> asked for.</param>
    public static async Task<TlsAnswer> ReadAsync(Stream stream, SslProtocols asked, CancellationToken cancellationToken)
    {
        var parser = new TlsFlightParser(asked);
        try
        {
            for (var records = 0; records < RecordLimit && parser.Length <= Limit; records++)
            {
                if (await ReadRecordAsync(stream, parser, cancellationToken).ConfigureAwait(false) is { } answer)
                {
                    return answer;
                }
            }
        }
        catch (EndOfStreamException)
        {
            return TlsAnswer.Unclear;
        }
        catch (IOException)
        {
            // Schannel answers a version that is switched off with a reset.
            return parser.Length == 0 ? TlsAnswer.Closed : TlsAnswer.Unclear;
        }

        return TlsAnswer.Unclear;
    }

    private static async Task<TlsAnswer?> ReadRecordAsync(Stream stream, TlsFlightParser parser, CancellationToken cancellationToken)
    {
        var header = new byte[5];
        var read = await stream.ReadAtLeastAsync(header, 5, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read < 5)
        {
            return read == 0 && parser.Length == 0 ? TlsAnswer.Closed : TlsAnswer.Unclear;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(3));
        if (header[0] is not (21 or 22) || header[1] != 3 || length is 0 or > (16 * 1024) + 2048)
        {
            return TlsAnswer.Unclear;
        }

        var fragment = new byte[length];
        await stream.ReadExactlyAsync(fragment, cancellationToken).ConfigureAwait(false);
        return header[0] == 22 ? parser.Add(fragment) : Alert(fragment);
    }

    /// <summary>Null for a warning, after which the handshake goes on.</summary>
    private static TlsAnswer? Alert(ReadOnlySpan<byte> alert) => alert switch
    {
        [Warning, 0] => TlsAnswer.Closed,
        [Warning, _] => null,
        [_, UnrecognizedName] => TlsAnswer.Unclear,
        [_, _] => TlsAnswer.Refused,
        _ => TlsAnswer.Unclear,
    };
}
