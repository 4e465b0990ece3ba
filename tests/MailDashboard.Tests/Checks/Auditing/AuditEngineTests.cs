using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Tests.Checks.Auditing;

public sealed class AuditEngineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateAsync_ServersGiven_AreTheOnlyOnes()
    {
        var options = new AuditEngineOptions { DnsServers = [DnsServerAddress.Parse("192.0.2.53"), DnsServerAddress.Parse("[2001:db8::53]:54")] };

        var engine = await AuditEngine.CreateAsync(options, TimeProvider.System, Token);

        Assert.Equal(["192.0.2.53:53", "[2001:db8::53]:54"], engine.DnsServers.Select(s => s.ToString()));
    }

    [Fact]
    public async Task CreateAsync_NoServersGiven_TakesTheSystems()
    {
        var engine = await AuditEngine.CreateAsync(new AuditEngineOptions(), TimeProvider.System, Token);

        Assert.Equal(SystemDnsServers.Read(), engine.DnsServers);
    }

    [Fact]
    public async Task CreateAsync_NothingSaidAboutNetworks_DialsPublicAddressesOnly()
    {
        var engine = await AuditEngine.CreateAsync(new AuditEngineOptions(), TimeProvider.System, Token);

        var result = await engine.Connector.ConnectAsync(new IPEndPoint(IPAddress.Loopback, 25), Token);

        Assert.Equal(ConnectStatus.Guarded, result.Status);
    }
}
