using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Auditing;

/// <summary>SMTP as one audit sees it: each address is talked to once for a host, and every conversation is kept.</summary>
/// <param name="auditToken">What shared conversations run under: a caller that gives up early takes nothing from the others.</param>
internal sealed class AuditSmtpProbe(ISmtpProbe inner, CancellationToken auditToken) : ISmtpProbe
{
    private readonly ConcurrentDictionary<(string, IPAddress), Lazy<Task<SmtpObservation>>> _probed = new();
    private readonly ConcurrentQueue<SmtpObservation> _conversations = new();

    public ImmutableArray<SmtpObservation> Conversations => [.. _conversations];

    public Task<SmtpObservation> ProbeAsync(string host, IPAddress address, CancellationToken cancellationToken) =>
        _probed.GetOrAdd((host, address), _ => new Lazy<Task<SmtpObservation>>(() => TalkAsync(host, address, auditToken))).Value
            .WaitAsync(cancellationToken);

    private async Task<SmtpObservation> TalkAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        var observation = await inner.ProbeAsync(host, address, cancellationToken).ConfigureAwait(false);
        _conversations.Enqueue(observation);
        return observation;
    }
}
