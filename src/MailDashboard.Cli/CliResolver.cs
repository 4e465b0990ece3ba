using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Cli;

/// <summary>The real resolver: the servers named, else the system's, and never any other.</summary>
public static class CliResolver
{
    /// <summary>Makes it.</summary>
    /// <exception cref="CliException">A server's name has no address.</exception>
    public static async Task<IDnsResolver> OpenAsync(IReadOnlyList<DnsServerAddress> servers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (servers.Count == 0)
        {
            return new WireResolver(SystemDnsServers.Read(), new DnsWireOptions(), time);
        }

        var endPoints = new List<IPEndPoint>();
        foreach (var server in servers)
        {
            try
            {
                endPoints.AddRange(await server.ResolveAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (SocketException e)
            {
                throw new CliException($"the DNS server '{server.Host}' has no address: {e.Message}", ExitCode.Usage);
            }
        }

        return new WireResolver(endPoints, new DnsWireOptions(), time);
    }
}
