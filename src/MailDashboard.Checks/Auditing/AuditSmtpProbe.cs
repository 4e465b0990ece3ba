using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Auditing;

/// <summary>
/// SMTP as one audit sees it: each address is talked to once for a host, each host is asked about the mailboxes once, and every
/// conversation is kept. What another audit has seen of an address lately is taken from there; the mailboxes are the domain's own, and
/// are asked about all the same.
/// </summary>
/// <param name="mailboxes">What each host is asked about; empty for none.</param>
/// <param name="hosts">What other audits saw.</param>
/// <param name="longest">Older conversations of other audits will not do.</param>
/// <param name="auditToken">What shared conversations run under: a caller that gives up early takes nothing from the others.</param>
internal sealed class AuditSmtpProbe(
    ISmtpProbe inner, ImmutableArray<string> mailboxes, SharedHosts hosts, TimeSpan longest, CancellationToken auditToken) : ISmtpProbe
{
    private readonly ConcurrentDictionary<(string, IPAddress), Lazy<Task<SmtpObservation>>> _probed = new();
    private readonly ConcurrentDictionary<string, bool> _askedAboutMailboxes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SmtpObservation> _conversations = new();

    public ImmutableArray<SmtpObservation> Conversations => [.. _conversations];

    public Task<SmtpObservation> ProbeAsync(string host, IPAddress address, CancellationToken cancellationToken) =>
        _probed.GetOrAdd((host, address), _ => new Lazy<Task<SmtpObservation>>(() => TalkAsync(host, address, auditToken))).Value
            .WaitAsync(cancellationToken);

    /// <summary>Talks anew, whatever was seen before.</summary>
    public async Task<SmtpObservation> ProbeAsync(SmtpProbeRequest request, CancellationToken cancellationToken)
    {
        var seen = await inner.ProbeAsync(request, cancellationToken).ConfigureAwait(false);
        _conversations.Enqueue(seen);
        return seen;
    }

    private async Task<SmtpObservation> TalkAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        var request = new SmtpProbeRequest(host, address) { Mailboxes = mailboxes, MayAskMailboxes = () => _askedAboutMailboxes.TryAdd(host, true) };
        var (seen, isShared) = await hosts.LookAsync(
            new SharedHost("smtp", host, address), longest, IsLasting, () => inner.ProbeAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        _conversations.Enqueue(seen);
        return isShared ? seen with { Mailboxes = IsLasting(seen) ? await AskAboutMailboxesAsync(request, cancellationToken).ConfigureAwait(false) : null } : seen;
    }

    private async Task<MailboxAnswers?> AskAboutMailboxesAsync(SmtpProbeRequest request, CancellationToken cancellationToken)
    {
        if (request.Mailboxes.IsEmpty || _askedAboutMailboxes.ContainsKey(request.Host))
        {
            return null;
        }

        return (await ProbeAsync(request with { WithoutOldTls = true }, cancellationToken).ConfigureAwait(false)).Mailboxes;
    }

    private static bool IsLasting(SmtpObservation seen) => seen is { Connect: ConnectStatus.Connected, IsTransient: false };
}
