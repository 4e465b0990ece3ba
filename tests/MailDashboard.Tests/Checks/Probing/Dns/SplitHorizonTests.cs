using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Probing.Dns;

public sealed class SplitHorizonTests
{
    [Theory]
    [InlineData("mx.example.com", "10.1.2.3", true)]
    [InlineData("mx.example.com", "192.168.0.1", true)]
    [InlineData("mx.example.com", "100.64.0.1", true)]
    [InlineData("mx.example.com", "fd00::1", true)]
    [InlineData("mx.example.com", "127.0.0.1", false)]
    [InlineData("mx.example.com", "8.8.8.8", false)]
    [InlineData("mx.example.com", "2600::1", false)]
    [InlineData("mx.corp.internal", "10.1.2.3", false)]
    [InlineData("mx.local", "10.1.2.3", false)]
    [InlineData("printer.home.arpa", "10.1.2.3", false)]
    [InlineData("mx", "10.1.2.3", false)]
    [InlineData("notlocal.example", "10.1.2.3", true)]
    public async Task InsideAddresses_PrivateForAPublicName_AreNoticed(string name, string address, bool expected)
    {
        var type = address.Contains(':', StringComparison.Ordinal) ? DnsRecordType.AAAA : DnsRecordType.A;
        var answer = await new FakeDns().A(name, "9.9.9.9", address).QueryAsync(name, type, TestContext.Current.CancellationToken);

        Assert.Equal(expected ? [address] : [], SplitHorizon.InsideAddresses(answer).Select(a => a.ToString()));
    }
}
