using System.Net.Sockets;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>
/// Does our own resolver reply at all? Any DNS reply counts, an error too. Where it is silent, the trouble is ours: nothing is
/// audited, nothing recorded, nobody told, and every domain stays due.
/// </summary>
public sealed class ConnectivityGuard(IDnsResolver dns, TimeProvider time)
{
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private DateTimeOffset? _downSince;
    private DateTimeOffset? _lastReply;

    /// <summary>Since when the resolver does not answer; null where it does, or was not asked yet.</summary>
    public DateTimeOffset? DownSince
    {
        get
        {
            lock (_lock)
            {
                return _downSince;
            }
        }
    }

    /// <summary>Asks for the name servers of the root, unless a reply came within the last half minute.</summary>
    public async Task<bool> IsOnlineAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_downSince is null && _lastReply is { } last && time.GetUtcNow() - last < Believed)
            {
                return true;
            }
        }

        var replied = await RepliesAsync(cancellationToken);
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _downSince = replied ? null : _downSince ?? now;
            _lastReply = replied ? now : _lastReply;
            return replied;
        }
    }

    private async Task<bool> RepliesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await dns.QueryAsync("", DnsRecordType.NS, DnsOptions.Fresh, cancellationToken);
            return answer.Status is not (DnsStatus.Timeout or DnsStatus.Unreachable);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
