using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.IntegrationTests.Checks.Connecting;

public sealed class TcpConnectorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ConnectAsync_Listener_GivesASocket()
    {
        using var listener = Listening();

        var result = await Connector(AddressGuard.AllowAll).ConnectAsync((IPEndPoint)listener.LocalEndPoint!, Token);

        using var socket = result.Socket;
        Assert.Equal(ConnectStatus.Connected, result.Status);
        Assert.True(socket!.Connected);
        Assert.True(socket.NoDelay);
    }

    [Fact]
    public async Task ConnectAsync_NothingListens_IsRefused()
    {
        IPEndPoint closed;
        using (var listener = Listening())
        {
            closed = (IPEndPoint)listener.LocalEndPoint!;
        }

        var result = await Connector(AddressGuard.AllowAll).ConnectAsync(closed, Token);

        Assert.Equal(ConnectStatus.Refused, result.Status);
        Assert.Null(result.Socket);
    }

    [Fact]
    public async Task ConnectAsync_Guarded_SendsNothing()
    {
        using var listener = Listening();

        var result = await Connector(AddressGuard.PublicOnly).ConnectAsync((IPEndPoint)listener.LocalEndPoint!, Token);

        Assert.Equal(ConnectStatus.Guarded, result.Status);
        Assert.Contains("loopback", result.Detail, StringComparison.Ordinal);
        Assert.False(listener.Poll(0, SelectMode.SelectRead));
    }

    [Fact]
    public async Task ConnectAsync_AllowedNetwork_Connects()
    {
        using var listener = Listening();
        var guard = new AddressGuard(IpNetworkList.Parse("127.0.0.0/8"));

        var result = await Connector(guard).ConnectAsync((IPEndPoint)listener.LocalEndPoint!, Token);

        result.Socket!.Dispose();
        Assert.Equal(ConnectStatus.Connected, result.Status);
    }

    [Fact]
    public async Task ConnectAsync_NoTimeLeft_IsATimeout()
    {
        using var listener = Listening();
        var connector = new TcpConnector(AddressGuard.AllowAll, TimeSpan.Zero, TimeProvider.System);

        var result = await connector.ConnectAsync((IPEndPoint)listener.LocalEndPoint!, Token);

        Assert.Equal(ConnectStatus.TimedOut, result.Status);
    }

    [Fact]
    public async Task ConnectAsync_Cancelled_Throws()
    {
        using var listener = Listening();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Connector(AddressGuard.AllowAll).ConnectAsync((IPEndPoint)listener.LocalEndPoint!, new CancellationToken(true)));
    }

    private static TcpConnector Connector(AddressGuard guard) => new(guard, TcpConnector.DefaultTimeout, TimeProvider.System);

    private static Socket Listening()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }
}
