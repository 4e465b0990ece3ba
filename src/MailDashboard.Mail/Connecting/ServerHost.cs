using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Connecting;

/// <summary>
/// Finds the addresses of a mail server with our own resolver. An administrator chose the host, so private addresses
/// are as good as any; <c>localhost</c> and the names in the machine's hosts file mean what they mean to the machine.
/// </summary>
internal sealed class ServerHost(IDnsResolver dns, string hostsFile = "/etc/hosts")
{
    private const int LargestHostsFile = 1 << 20;

    /// <summary>The addresses, or none and why; not definite where DNS could not say.</summary>
    public async Task<(ImmutableArray<IPAddress> Addresses, string? Failure, bool IsDefinite)> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var name = DnsNames.Normalize(host.Trim().Trim('[', ']'));
        if (IPAddress.TryParse(name, out var literal))
        {
            return ([literal], null, true);
        }

        if (name == "localhost" || name.EndsWith(".localhost", StringComparison.Ordinal))
        {
            // RFC 6761 §6.3.
            return ([IPAddress.Loopback, IPAddress.IPv6Loopback], null, true);
        }

        if (FromHostsFile(name) is { Length: > 0 } listed)
        {
            return (listed, null, true);
        }

        var answers = await Task.WhenAll(
            dns.QueryAsync(name, DnsRecordType.A, cancellationToken),
            dns.QueryAsync(name, DnsRecordType.AAAA, cancellationToken)).ConfigureAwait(false);
        ImmutableArray<IPAddress> found = [.. answers.SelectMany(a => a.Addresses).Distinct()];
        if (found.Length > 0)
        {
            return (found, null, true);
        }

        return answers.FirstOrDefault(a => !a.IsDefinite) is { } failed
            ? ([], $"{name} could not be resolved: {failed.Status} from {failed.Server}", false)
            : ([], $"{name} has no address", true);
    }

    private ImmutableArray<IPAddress> FromHostsFile(string name)
    {
        try
        {
            if (!File.Exists(hostsFile) || new FileInfo(hostsFile).Length > LargestHostsFile)
            {
                return [];
            }

            return [.. File.ReadLines(hostsFile)
                .Select(l => l.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                .Where(w => w.Skip(1).Any(n => DnsNames.Normalize(n) == name))
                .Select(w => IPAddress.TryParse(w[0], out var address) ? address : null)
                .OfType<IPAddress>()
                .Distinct()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
