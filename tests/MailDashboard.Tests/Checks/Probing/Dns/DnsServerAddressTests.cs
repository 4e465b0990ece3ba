using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Tests.Checks.Probing.Dns;

public sealed class DnsServerAddressTests
{
    [Theory]
    [InlineData("192.0.2.53", "192.0.2.53", 53)]
    [InlineData(" 192.0.2.53:5353 ", "192.0.2.53", 5353)]
    [InlineData("2001:db8::53", "2001:db8::53", 53)]
    [InlineData("[2001:db8::53]", "2001:db8::53", 53)]
    [InlineData("[2001:db8::53]:54", "2001:db8::53", 54)]
    [InlineData("unbound", "unbound", 53)]
    [InlineData("dns.example.com:65535", "dns.example.com", 65535)]
    public void Parse_Server_GivesHostAndPort(string text, string host, int port)
    {
        Assert.Equal(new DnsServerAddress(host, port), DnsServerAddress.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":53")]
    [InlineData("192.0.2.53:")]
    [InlineData("192.0.2.53:0")]
    [InlineData("192.0.2.53:65536")]
    [InlineData("192.0.2.53:-1")]
    [InlineData("192.0.2.53:domain")]
    [InlineData("192.0.2")]
    [InlineData("1234")]
    [InlineData("192.0.2.256")]
    [InlineData("[192.0.2.53]:53")]
    [InlineData("[2001:db8::53")]
    [InlineData("[2001:db8::53]53")]
    [InlineData("2001:db8::zz")]
    [InlineData("a b")]
    [InlineData("-x-:53 ; rm")]
    [InlineData("https://dns.example/")]
    public void TryParse_Nonsense_SaysWhatIsWrong(string text)
    {
        Assert.False(DnsServerAddress.TryParse(text, out _, out var error));
        Assert.Contains("no DNS server", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_IPv6_IsReadBack()
    {
        var server = new DnsServerAddress("2001:db8::53", 54);

        Assert.Equal(server, DnsServerAddress.Parse(server.ToString()));
    }

    [Fact]
    public async Task ResolveAsync_Address_NeedsNoResolver()
    {
        var endPoint = Assert.Single(await DnsServerAddress.Parse("[2001:db8::53]:54").ResolveAsync(TestContext.Current.CancellationToken));

        Assert.Equal(new IPEndPoint(IPAddress.Parse("2001:db8::53"), 54), endPoint);
    }

    [Fact]
    public void SystemParse_ResolvConf_TakesItsServersInOrder()
    {
        var servers = SystemDnsServers.Parse("# nameserver 192.0.2.9\nsearch example\r\nnameserver\t192.0.2.1 # first\nnameserver 2001:db8::1\nnameserver nonsense\nnameserver\nnameserver 192.0.2.1\noptions edns0\n");

        Assert.Equal(["192.0.2.1:53", "[2001:db8::1]:53"], servers.Select(s => s.ToString()));
    }

    [Fact]
    public void SystemParse_NoServers_AddsNone()
    {
        Assert.Empty(SystemDnsServers.Parse("search example\n"));
    }
}
