using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.IntegrationTests.Checks.Smtp;

/// <summary>Connects to loopback and nowhere else.</summary>
public sealed class LoopbackConnector : IConnector
{
    public async Task<ConnectResult> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        Assert.True(IPAddress.IsLoopback(endPoint.Address));
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new ConnectResult(ConnectStatus.Connected, socket, TimeSpan.Zero);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            return new ConnectResult(ConnectStatus.Refused, null, TimeSpan.Zero, e.Message);
        }
    }
}
