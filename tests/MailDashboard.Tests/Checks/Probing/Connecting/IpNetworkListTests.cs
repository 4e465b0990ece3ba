using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Tests.Checks.Probing.Connecting;

public sealed class IpNetworkListTests
{
    [Fact]
    public void Parse_ManySeparators_KeepsOrder()
    {
        var networks = IpNetworkList.Parse("10.0.0.0/8, 192.168.1.7;fd00::/8\n::1\t0.0.0.0/0");

        Assert.Equal(["10.0.0.0/8", "192.168.1.7/32", "fd00::/8", "::1/128", "0.0.0.0/0"], networks.Select(n => n.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , \n")]
    public void Parse_Nothing_IsEmpty(string? text)
    {
        Assert.Empty(IpNetworkList.Parse(text));
    }

    [Theory]
    [InlineData("10.0.0.1/8", "did you mean 10.0.0.0/8, or 10.0.0.1/32?")]
    [InlineData("fd00::1/8", "did you mean fd00::/8, or fd00::1/128?")]
    [InlineData("10.0.0.0/33", "from 0 to 32")]
    [InlineData("fd00::/129", "from 0 to 128")]
    [InlineData("10.0.0.0/", "from 0 to 32")]
    [InlineData("10.0.0.0/-1", "from 0 to 32")]
    [InlineData("10.0.0.0/255.0.0.0", "from 0 to 32")]
    [InlineData("10/8", "'10' is no IP address")]
    [InlineData("010.0.0.0/8", "no IP address")]
    [InlineData("localhost", "'localhost' is no IP address")]
    [InlineData("fe80::1%eth0", "no IP address")]
    [InlineData("[fd00::]/8", "no IP address")]
    public void TryParse_Wrong_SaysWhatAndGivesNothing(string entry, string expected)
    {
        Assert.False(IpNetworkList.TryParse($"192.168.0.0/16 {entry}", out var networks, out var errors));

        Assert.Empty(networks);
        Assert.Contains(expected, Assert.Single(errors), StringComparison.Ordinal);
    }
}
