using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>
/// The configured servers in the order to ask them: as configured, but one that has been silent several times in a row
/// goes to the end for a while, so that a dead first server does not cost every question its time-out.
/// </summary>
internal sealed class ServerRotation(ImmutableArray<IPEndPoint> servers, TimeProvider time)
{
    /// <summary>A single lost datagram or one slow domain says nothing about the server.</summary>
    private const int SilencesToBench = 3;

    private static readonly TimeSpan Bench = TimeSpan.FromSeconds(30);

    private readonly Health[] _health = [.. servers.Select(_ => new Health())];

    /// <summary>The servers, best first.</summary>
    public IEnumerable<IPEndPoint> InOrder()
    {
        var now = time.GetTimestamp();
        return servers.Length == 1 ? servers : Enumerable.Range(0, servers.Length).OrderBy(i => _health[i].IsBenched(now)).Select(i => servers[i]);
    }

    /// <summary>Tells whether a server answered at all; any answer counts, an error too.</summary>
    public void Report(IPEndPoint server, bool answered)
    {
        var health = _health[servers.IndexOf(server)];
        if (answered)
        {
            health.Answered();
        }
        else
        {
            health.Silent(time.GetTimestamp() + (long)(Bench.TotalSeconds * time.TimestampFrequency));
        }
    }

    private sealed class Health
    {
        private int _silences;
        private long _benchedUntil;

        public bool IsBenched(long now) => Interlocked.Read(ref _benchedUntil) > now;

        public void Answered()
        {
            Volatile.Write(ref _silences, 0);
            Interlocked.Exchange(ref _benchedUntil, 0);
        }

        public void Silent(long until)
        {
            if (Interlocked.Increment(ref _silences) >= SilencesToBench)
            {
                Interlocked.Exchange(ref _benchedUntil, until);
            }
        }
    }
}
