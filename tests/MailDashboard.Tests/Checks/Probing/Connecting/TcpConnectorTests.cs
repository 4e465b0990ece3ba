using System.Net.Sockets;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Tests.Checks.Probing.Connecting;

public sealed class TcpConnectorTests
{
    [Theory]
    [InlineData(SocketError.ConnectionRefused, ConnectStatus.Refused)]
    [InlineData(SocketError.ConnectionReset, ConnectStatus.Refused)]
    [InlineData(SocketError.TimedOut, ConnectStatus.TimedOut)]
    [InlineData(SocketError.NetworkUnreachable, ConnectStatus.Unreachable)]
    [InlineData(SocketError.HostUnreachable, ConnectStatus.Unreachable)]
    [InlineData(SocketError.AddressFamilyNotSupported, ConnectStatus.Unreachable)]
    [InlineData(SocketError.AddressNotAvailable, ConnectStatus.Unreachable)]
    [InlineData(SocketError.AccessDenied, ConnectStatus.Unreachable)]
    public void StatusOf_SocketError_SaysWhatItMeans(SocketError error, ConnectStatus expected)
    {
        Assert.Equal(expected, TcpConnector.StatusOf(error));
    }
}
