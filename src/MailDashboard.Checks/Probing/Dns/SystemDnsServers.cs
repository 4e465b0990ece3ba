using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>The DNS servers that the system is configured with. Never anything else: no public resolver is added.</summary>
public static class SystemDnsServers
{
    private const string ResolvConf = "/etc/resolv.conf";
    private const int Port = 53;

    /// <summary>The servers in the system's order; empty where it names none or will not say.</summary>
    public static ImmutableArray<IPEndPoint> Read()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            try
            {
                var servers = Parse(File.ReadAllText(ResolvConf));
                if (servers.Length > 0 || OperatingSystem.IsLinux())
                {
                    return servers;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return [];
            }
        }

        return OfInterfaces();
    }

    /// <summary>The <c>nameserver</c> lines of a resolv.conf(5); what cannot be read is passed over, as the system does.</summary>
    public static ImmutableArray<IPEndPoint> Parse(string resolvConf)
    {
        var servers = ImmutableArray.CreateBuilder<IPEndPoint>();
        foreach (var line in resolvConf.Split('\n'))
        {
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["nameserver", var text, ..] && IPAddress.TryParse(text, out var address))
            {
                servers.Add(new IPEndPoint(address, Port));
            }
        }

        return [.. servers.Distinct()];
    }

    private static ImmutableArray<IPEndPoint> OfInterfaces()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                    .SelectMany(i => i.GetIPProperties().DnsAddresses)
                    .Where(a => !IsPlaceholder(a))
                    .Select(a => new IPEndPoint(a, Port))
                    .Distinct(),
            ];
        }
        catch (Exception e) when (e is NetworkInformationException or PlatformNotSupportedException)
        {
            return [];
        }
    }

    // Windows lists fec0:0:0:ffff::1 to ::3 on every interface without an IPv6 server; nobody answers there.
    private static bool IsPlaceholder(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv6SiteLocal;
}
