using System.Net;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>
/// Remembers for a day which servers answered on port 25 and which were silent. One that answers proves that the way is
/// open; a refusal proves nothing, because a firewall refuses too.
/// </summary>
public sealed class Port25Vantage(TimeProvider time) : IPort25Vantage
{
    /// <summary>How long a probe counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>Distinct silent servers, none reached, from which we conclude that this network closes the port.</summary>
    public const int SilentServers = 3;

    /// <summary>More are forgotten, the oldest first.</summary>
    private const int Limit = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, DateTimeOffset> _silent = [];
    private DateTimeOffset? _reached;

    /// <inheritdoc/>
    public void Record(IPAddress address, ConnectStatus status, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (status == ConnectStatus.Connected)
            {
                _reached = _reached > at ? _reached : at;
                _silent.Remove(address);
            }
            else if (status == ConnectStatus.TimedOut)
            {
                _silent[address] = at;
                if (_silent.Count > Limit)
                {
                    _silent.Remove(_silent.MinBy(s => s.Value).Key);
                }
            }
        }
    }

    /// <inheritdoc/>
    public bool IsProven
    {
        get
        {
            lock (_lock)
            {
                return _reached > time.GetUtcNow() - Window;
            }
        }
    }

    /// <inheritdoc/>
    public bool IsProbablyBlocked
    {
        get
        {
            lock (_lock)
            {
                var since = time.GetUtcNow() - Window;
                return !(_reached > since) && _silent.Values.Count(at => at > since) >= SilentServers;
            }
        }
    }
}
