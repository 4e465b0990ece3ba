using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Connecting;

/// <summary>A connection, or why there is none.</summary>
/// <param name="Socket">The caller disposes of it.</param>
/// <param name="IsResolved">The host has addresses.</param>
internal sealed record Dialled(Socket? Socket, bool IsResolved, string Failure)
{
    /// <summary>False where DNS could not say whether there is such a host.</summary>
    public bool IsDefinite { get; init; } = true;
}

/// <summary>Connects to a mail server that an administrator chose: each of its addresses in turn.</summary>
internal sealed class ServerDialer(IDnsResolver dns)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private readonly ServerHost _host = new(dns);

    /// <summary>Throws only when cancelled by the caller.</summary>
    public async Task<Dialled> DialAsync(string host, int port, ServerConversation conversation, CancellationToken cancellationToken)
    {
        var (addresses, failure, isDefinite) = await _host.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        if (failure is not null)
        {
            return new Dialled(null, false, failure) { IsDefinite = isDefinite };
        }

        var last = "";
        foreach (var address in addresses)
        {
            conversation.Note($"connecting to {address} port {port}");
            var (socket, error) = await ConnectAsync(address, port, cancellationToken).ConfigureAwait(false);
            if (socket is not null)
            {
                return new Dialled(socket, true, "");
            }

            conversation.Note(error);
            last = error;
        }

        return new Dialled(null, true, last);
    }

    private static async Task<(Socket? Socket, string Error)> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ConnectTimeout);
        try
        {
            await socket.ConnectAsync(address, port, timeout.Token).ConfigureAwait(false);
            return (socket, "");
        }
        catch (SocketException e)
        {
            socket.Dispose();
            return (null, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            return (null, $"{address} port {port} does not answer");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
