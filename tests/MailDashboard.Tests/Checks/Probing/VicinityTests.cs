using System.Net;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Tests.Checks.Probing;

public sealed class VicinityTests
{
    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5", true)]
    [InlineData("203.0.113.5", "203.0.113.200", true)]
    [InlineData("203.0.113.5", "203.0.114.5", false)]
    [InlineData("203.0.113.5", "10.1.2.3", true)]
    [InlineData("192.168.1.2", "198.51.100.1", false)]
    [InlineData("::ffff:203.0.113.5", "203.0.113.9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("127.0.0.1", "127.0.7.1", false)]
    public void IsNear_OwnNetworkOrPrivateServer_IsNear(string local, string server, bool isNear) =>
        Assert.Equal(isNear, Vicinity.IsNear(IPAddress.Parse(local), IPAddress.Parse(server)));
}
