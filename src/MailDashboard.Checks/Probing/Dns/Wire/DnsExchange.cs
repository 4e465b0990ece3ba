using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace MailDashboard.Checks.Probing.Dns.Wire;

/// <summary>How one exchange with one server ended.</summary>
/// <param name="Message">What it answered; null where there is no answer that can be read.</param>
/// <param name="Failure">Why not: <see cref="DnsStatus.Timeout"/>, <see cref="DnsStatus.Unreachable"/> or <see cref="DnsStatus.Malformed"/>.</param>
/// <param name="Detail">What exactly was seen.</param>
internal readonly record struct ExchangeResult(DnsMessage? Message, DnsStatus Failure, string? Detail);

/// <summary>
/// One question to one server: UDP, TCP where the answer does not fit. Only a datagram from that server with our id and our
/// question is an answer; anything else is ignored while we wait on.
/// </summary>
/// <param name="sockets">Where sockets are kept for the next question to the same server; null: each question has one of its own.</param>
internal sealed class DnsExchange(TimeSpan timeout, TimeProvider time, UdpSockets? sockets = null)
{
    // Room for servers that ignore the size we state; what is longer still arrives cut and is asked for over TCP.
    private const int Datagram = 4096;
    private const int MostStrangers = 256;

    private const int FormatError = 1;
    private const int NotImplemented = 4;

    /// <summary>Asks. Throws only when cancelled by the caller.</summary>
    public async Task<ExchangeResult> AskAsync(IPEndPoint server, DnsQuestion question, ushort flags, CancellationToken cancellationToken)
    {
        var result = await OnceAsync(server, question, flags, extended: true, cancellationToken).ConfigureAwait(false);
        return result.Message?.ResponseCode is FormatError or NotImplemented
            ? await OnceAsync(server, question, flags, extended: false, cancellationToken).ConfigureAwait(false)
            : result;
    }

    private async Task<ExchangeResult> OnceAsync(IPEndPoint server, DnsQuestion question, ushort flags, bool extended, CancellationToken cancellationToken)
    {
        var query = ArrayPool<byte>.Shared.Rent(DnsQueryWriter.LongestQuery + 2);
        try
        {
            var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
            var length = DnsQueryWriter.Write(query.AsSpan(2), id, question, flags, extended);
            if (length == 0)
            {
                return new ExchangeResult(null, DnsStatus.InvalidName, null);
            }

            query[0] = (byte)(length >> 8);
            query[1] = (byte)length;
            var asked = new Asked(server, question, id, query.AsMemory(0, length + 2), DnsQueryWriter.QuestionLength(length, extended));
            var answer = await LimitedAsync("UDP", asked, UdpAsync, cancellationToken).ConfigureAwait(false);
            if (answer.Message is null or { IsTruncated: false } && answer.Failure != DnsStatus.Malformed)
            {
                return answer;
            }

            return await LimitedAsync("TCP", asked, TcpAsync, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(query);
        }
    }

    private async Task<ExchangeResult> LimitedAsync(
        string transport,
        Asked asked,
        Func<Asked, CancellationToken, ValueTask<ExchangeResult>> exchange,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        try
        {
            return await exchange(asked, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ExchangeResult(null, DnsStatus.Timeout, $"no answer over {transport} within {timeout.TotalSeconds:0.#} s");
        }
        catch (SocketException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var status = e.SocketErrorCode == SocketError.TimedOut ? DnsStatus.Timeout : DnsStatus.Unreachable;
            return new ExchangeResult(null, status, $"{e.SocketErrorCode} over {transport}");
        }
    }

    private async ValueTask<ExchangeResult> UdpAsync(Asked asked, CancellationToken cancellationToken)
    {
        var line = sockets?.Take(asked.Server) ?? await UdpLine.OpenAsync(asked.Server, time, cancellationToken).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(Datagram);
        var result = new ExchangeResult(null, DnsStatus.Malformed, "only answers to other questions");
        try
        {
            await line.Socket.SendAsync(asked.Query[2..], cancellationToken).ConfigureAwait(false);
            for (var strangers = 0; strangers < MostStrangers; strangers++)
            {
                var length = await line.Socket.ReceiveAsync(buffer.AsMemory(0, Datagram), SocketFlags.None, cancellationToken).ConfigureAwait(false);
                if (asked.IsAnswer(buffer.AsSpan(0, length)))
                {
                    result = Read(asked, buffer.AsSpan(0, length));
                    break;
                }
            }

            return result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);

            // What went wrong on it may come to light on it again.
            if (sockets is null || result.Message is null || !sockets.TryKeep(line))
            {
                line.Dispose();
            }
        }
    }

    private static async ValueTask<ExchangeResult> TcpAsync(Asked asked, CancellationToken cancellationToken)
    {
        using var socket = new Socket(asked.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(asked.Server, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(asked.Query, cancellationToken).ConfigureAwait(false);
        var prefix = new byte[2];
        if (!await FillAsync(socket, prefix, cancellationToken).ConfigureAwait(false))
        {
            return new ExchangeResult(null, DnsStatus.Malformed, "the server closed the connection");
        }

        var length = (prefix[0] << 8) | prefix[1];
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var message = buffer.AsMemory(0, length);
            if (!await FillAsync(socket, message, cancellationToken).ConfigureAwait(false))
            {
                return new ExchangeResult(null, DnsStatus.Malformed, "the answer over TCP is cut short");
            }

            if (!asked.IsAnswer(message.Span))
            {
                return new ExchangeResult(null, DnsStatus.Malformed, "the answer over TCP is to another question");
            }

            var result = Read(asked, message.Span);
            return result.Message is { IsTruncated: true }
                ? new ExchangeResult(null, DnsStatus.Malformed, "truncated over TCP")
                : result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<bool> FillAsync(Socket socket, Memory<byte> target, CancellationToken cancellationToken)
    {
        while (target.Length > 0)
        {
            var read = await socket.ReceiveAsync(target, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            target = target[read..];
        }

        return true;
    }

    private static ExchangeResult Read(Asked asked, ReadOnlySpan<byte> bytes)
    {
        var message = DnsMessageReader.Read(bytes);
        return message is null
            ? new ExchangeResult(null, DnsStatus.Malformed, $"{bytes.Length} bytes from {asked.Server} cannot be read")
            : new ExchangeResult(message, default, null);
    }

    private sealed record Asked(IPEndPoint Server, DnsQuestion Question, ushort Id, ReadOnlyMemory<byte> Query, int QuestionLength)
    {
        /// <summary>Our id, the response bit, and our question again; an error may leave the question out.</summary>
        public bool IsAnswer(ReadOnlySpan<byte> bytes)
        {
            var cursor = new DnsCursor(bytes);
            var id = cursor.UInt16();
            var flags = cursor.UInt16();
            var questions = cursor.UInt16();
            cursor.Take(6);
            if (cursor.HasFailed || id != Id || (flags & 0x8000) == 0 || questions > 1)
            {
                return false;
            }

            if (questions == 0)
            {
                return (flags & 0xF) != 0;
            }

            // Nearly always the question comes back as it was sent.
            var sent = Query.Span.Slice(DnsQueryWriter.Header + 2, QuestionLength);
            if (bytes[DnsQueryWriter.Header..].StartsWith(sent))
            {
                return true;
            }

            return NamesEqual(cursor.Name(), Question.Name) && cursor.UInt16() == (ushort)Question.Type && !cursor.HasFailed;
        }

        private static bool NamesEqual(string said, string asked)
        {
            if (said.Equals(asked, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            // The same name can be written in more ways than one ('a b' and 'a\032b'): compare the octets.
            Span<byte> one = stackalloc byte[255];
            Span<byte> other = stackalloc byte[255];
            var length = DnsQueryWriter.WriteName(one, said);
            return length == DnsQueryWriter.WriteName(other, asked) && System.Text.Ascii.EqualsIgnoreCase(one[..length], other[..length]);
        }
    }
}
