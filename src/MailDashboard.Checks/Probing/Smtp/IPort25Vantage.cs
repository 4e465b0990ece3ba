using System.Net;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>
/// What our own probes have shown about port 25 from here. Many networks close it outward, and then every server looks
/// dead: only a success elsewhere proves that a silent server is the one that is down.
/// </summary>
public interface IPort25Vantage
{
    /// <summary>Tells how a probe of port 25 went.</summary>
    void Record(IPAddress address, ConnectStatus status, DateTimeOffset at);

    /// <summary>Some server (any) could be reached on port 25 lately.</summary>
    bool IsProven { get; }

    /// <summary>Several distinct servers were silent and none was reached: very likely this network closes port 25.</summary>
    bool IsProbablyBlocked { get; }
}
