using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Auditing;

/// <summary>
/// SMTP as one audit sees it: each address is talked to once for a host, each host is asked about the mailboxes once, and every
/// conversation is kept.
/// </summary>
/// <param name="mailboxes">What each host is asked about; empty for none.</param>
/// <param name="auditToken">What shared conversations run under: a caller that gives up early takes nothing from the others.</param>
internal sealed class AuditSmtpProbe(ISmtpProbe inner, ImmutableArray<string> mailboxes, CancellationToken auditToken) : ISmtpProbe
{
    private readonly ConcurrentDictionary<(string, IPAddress), Lazy<Task<SmtpObservation>>> _probed = new();
    private readonly ConcurrentDictionary<string, bool> _askedAboutMailboxes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SmtpObservation> _conversations = new();

    public ImmutableArray<SmtpObservation> Conversations => [.. _conversations];

    public Task<SmtpObservation> ProbeAsync(string host, IPAddress address, CancellationToken cancellationToken) =>
        _probed.GetOrAdd((host, address), _ => new Lazy<Task<SmtpObservation>>(() => TalkAsync(host, address, auditToken))).Value
            .WaitAsync(cancellationToken);

    private async Task<SmtpObservation> TalkAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        var request = new SmtpProbeRequest(host, address) { Mailboxes = mailboxes, MayAskMailboxes = () => _askedAboutMailboxes.TryAdd(host, true) };
        var observation = await inner.ProbeAsync(request, cancellationToken).ConfigureAwait(false);
        _conversations.Enqueue(observation);
        return observation;
    }
}
