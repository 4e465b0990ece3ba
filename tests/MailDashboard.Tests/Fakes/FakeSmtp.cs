using System.Collections.Concurrent;
using System.Net;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Tests.Fakes;

/// <summary>Servers out of memory. One that was never mentioned refuses the connection.</summary>
public sealed class FakeSmtp : ISmtpProbe
{
    private readonly Dictionary<(string, IPAddress), SmtpObservation> _servers = [];
    private readonly ConcurrentQueue<(string Host, IPAddress Address)> _probed = new();

    /// <summary>Every conversation, in order.</summary>
    public IReadOnlyList<(string Host, IPAddress Address)> Probed => [.. _probed];

    public FakeSmtp Server(SmtpObservation observation)
    {
        _servers[(observation.Host, observation.Address)] = observation;
        return this;
    }

    public Task<SmtpObservation> ProbeAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _probed.Enqueue((host, address));
        return Task.FromResult(_servers.GetValueOrDefault(
            (host, address),
            new SmtpObservation(host, address, SmtpStage.Connecting) { Connect = ConnectStatus.Refused }));
    }
}
