using System.Collections.Immutable;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Cli.Commands;

/// <summary>What ports say of themselves in their own protocol: greeting, capabilities, ways to log in.</summary>
internal static class TlsTalks
{
    private const int SideBySide = 8;

    /// <summary>Talks to every port that was reached and whose protocol is known.</summary>
    public static async Task<IReadOnlyDictionary<TlsTarget, ServiceObservation>> TalkAsync(
        IServiceProbe probe, IEnumerable<TlsVersionObservation> seen, CancellationToken cancellationToken)
    {
        using var turns = new SemaphoreSlim(SideBySide);
        var targets = seen.Where(s => s.Connect == ConnectStatus.Connected).Select(s => s.Target).Distinct().Where(t => ProtocolOf(t) is not null);
        var talks = await Task.WhenAll(targets.Select(async target =>
        {
            await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var service = new ServiceTarget(ProtocolOf(target)!.Value, target.Host, target.Address, target.Port, target.Prelude == TlsPrelude.None);
                return (target, await probe.ProbeAsync(service, cancellationToken).ConfigureAwait(false));
            }
            finally
            {
                turns.Release();
            }
        })).ConfigureAwait(false);
        return talks.ToDictionary();
    }

    /// <summary>Names of mechanisms, and the protocol's own command that takes a password.</summary>
    public static ImmutableArray<string> Mechanisms(ServiceOffer? offer, ClientProtocol protocol) => offer is null ? [] :
    [
        .. offer.Mechanisms.Concat(offer.HasPasswordCommand ? [protocol == ClientProtocol.Imap ? "LOGIN" : "USER"] : Array.Empty<string>()).Distinct(),
    ];

    private static ClientProtocol? ProtocolOf(TlsTarget target) => (target.Prelude, target.Port) switch
    {
        (TlsPrelude.Smtp, _) or (TlsPrelude.None, 465) => ClientProtocol.Submission,
        (TlsPrelude.Imap, _) or (TlsPrelude.None, 993) => ClientProtocol.Imap,
        (TlsPrelude.Pop3, _) or (TlsPrelude.None, 995) => ClientProtocol.Pop3,
        _ => null,
    };
}
