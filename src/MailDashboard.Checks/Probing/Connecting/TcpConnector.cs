using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.Probing.Connecting;

/// <summary>Opens TCP connections to addresses that the guard passes, within a time.</summary>
/// <param name="guard">Which addresses may be dialled.</param>
/// <param name="timeout">For the connection to open; RFC 5321 §4.5.3.2 leaves it to us.</param>
/// <param name="time">The clock.</param>
public sealed class TcpConnector(AddressGuard guard, TimeSpan timeout, TimeProvider time) : IConnector
{
    /// <summary>Long enough for a lost SYN to be sent three times.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<ConnectResult> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!guard.Allows(endPoint.Address, out var reason))
        {
            return new ConnectResult(ConnectStatus.Guarded, null, TimeSpan.Zero, reason);
        }

        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Socket? socket = null;
        try
        {
            socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(endPoint, both.Token).ConfigureAwait(false);
            var connected = new ConnectResult(ConnectStatus.Connected, socket, time.GetElapsedTime(started));
            socket = null;
            return connected;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ConnectResult(ConnectStatus.TimedOut, null, time.GetElapsedTime(started), $"no answer within {timeout.TotalSeconds:0.#} s");
        }
        catch (SocketException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ConnectResult(StatusOf(e.SocketErrorCode), null, time.GetElapsedTime(started), e.SocketErrorCode.ToString());
        }
        finally
        {
            socket?.Dispose();
        }
    }

    internal static ConnectStatus StatusOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused or SocketError.ConnectionReset => ConnectStatus.Refused,
        SocketError.TimedOut => ConnectStatus.TimedOut,
        _ => ConnectStatus.Unreachable,
    };
}
