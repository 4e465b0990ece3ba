using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Tests.Checks.Probing.Dns;

public sealed class DnsNamesTests
{
    [Theory]
    [InlineData("Example.COM.", "example.com")]
    [InlineData("example.com", "example.com")]
    [InlineData(".", "")]
    [InlineData("", "")]
    [InlineData("a..", "a.")]
    public void Normalize_AnyForm_IsLowerCaseWithoutOneTrailingDot(string name, string expected)
    {
        Assert.Equal(expected, DnsNames.Normalize(name));
    }

    [Theory]
    [InlineData("192.0.2.1", "1.2.0.192.in-addr.arpa")]
    [InlineData("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public void Reverse_Address_IsItsPtrName(string address, string expected)
    {
        Assert.Equal(expected, DnsNames.Reverse(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("a.example.com", "example.com", true)]
    [InlineData("example.com", "example.com", true)]
    [InlineData("badexample.com", "example.com", false)]
    [InlineData("com", "example.com", false)]
    [InlineData("anything", "", true)]
    public void IsEqualOrBelow_Names_AreComparedByLabel(string name, string ancestor, bool expected)
    {
        Assert.Equal(expected, DnsNames.IsEqualOrBelow(name, ancestor));
    }
}
