using System.Collections.Concurrent;
using System.Net;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Tests.Fakes;

/// <summary>Tests for open relays that end as they are told.</summary>
public sealed class FakeRelay(RelayEnd end, bool isFromInside = false) : IRelayProbe
{
    private readonly ConcurrentQueue<(string Host, IPAddress Address)> _tested = new();

    /// <summary>Every test, in order.</summary>
    public IReadOnlyList<(string Host, IPAddress Address)> Tested => [.. _tested];

    public Task<RelayObservation> TestAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        _tested.Enqueue((host, address));
        return Task.FromResult(new RelayObservation(host, address, end, "250 2.1.5 Ok", isFromInside));
    }
}
