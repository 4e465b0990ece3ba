using System.Net;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Tests.Checks.Probing.Connecting;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::8.8.8.8")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001:db8::1")]
    [InlineData("3fff::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:c0a8:101::1")]
    [InlineData("2001:0:808:808:0:0:f5ff:fffe")]
    [InlineData("2001:0:a00:1::f7f7:f7f7")]
    [InlineData("2600::5efe:10.0.0.1")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%7")]
    [InlineData("febf::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Allows_SpecialAddress_RefusesAndSaysWhy(string address)
    {
        Assert.False(AddressGuard.PublicOnly.Allows(IPAddress.Parse(address), out var reason));
        Assert.Contains("not a public address", reason, StringComparison.Ordinal);
        Assert.True(AddressGuard.AllowAll.Allows(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.3.0")]
    [InlineData("192.167.255.255")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2600::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2a00:1450::1")]
    [InlineData("2002:808:808::1")]
    public void Allows_PublicAddress_Passes(string address)
    {
        Assert.True(AddressGuard.PublicOnly.Allows(IPAddress.Parse(address), out var reason));
        Assert.Null(reason);
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("64:ff9b::10.1.2.3", false)]
    [InlineData("fd00::7", true)]
    [InlineData("fd00::7%3", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("::ffff:192.168.1.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("8.8.8.8", true)]
    public void Allows_WithNetworks_OpensThemAndNothingElse(string address, bool expected)
    {
        var guard = new AddressGuard(IpNetworkList.Parse("10.0.0.0/8, fd00::/8"));

        Assert.Equal(expected, guard.Allows(IPAddress.Parse(address)));
    }

    [Fact]
    public void Allows_Nat64Allowed_DoesNotOpenWhatIsPrivateBehindIt()
    {
        var guard = new AddressGuard(IpNetworkList.Parse("64:ff9b::/96"));

        Assert.True(guard.Allows(IPAddress.Parse("64:ff9b::808:808")));
        Assert.False(guard.Allows(IPAddress.Parse("64:ff9b::7f00:1")));
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("8.8.8.8", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("64:ff9b::a01:203", false)]
    public void Allows_OnlyTheseNetworks_RefusesPublicOnesToo(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, AddressGuard.Only([IPNetwork.Parse("10.1.0.0/16")]).Allows(IPAddress.Parse(address)));
}
