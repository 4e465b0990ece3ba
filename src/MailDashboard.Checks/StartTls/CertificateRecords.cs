using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.StartTls;

/// <summary>
/// Keeps the certificates of each host as a record of their own, so that a change of one is seen. A host of which an address was
/// left open is not mentioned: what was last known of it stands.
/// </summary>
internal static class CertificateRecords
{
    public static void Add(StartTlsObservation seen, OutcomeBuilder outcome)
    {
        foreach (var host in seen.Probes.GroupBy(p => p.Host))
        {
            // No way from here over one kind of address is no news, as long as there is another way.
            var met = host.Where(p => p.Seen?.Connect != ConnectStatus.Unreachable).ToList();
            var values = met.Select(Value).OfType<string>().ToList();
            if (values.Count > 0 && !met.Exists(IsOpen))
            {
                outcome.Record(host.Key, ObservedCertificate.RecordType, values);
            }
        }
    }

    private static bool IsOpen(MxProbe probe) =>
        probe.Seen is not { Connect: ConnectStatus.Connected } seen
        || (seen.Stage != SmtpStage.Encrypted && StartTlsConversationJudge.FaultOf(seen) is null);

    private static string? Value(MxProbe probe) =>
        probe.Seen is { Stage: SmtpStage.Encrypted, Tls.Certificate: { } certificate } ? ObservedCertificate.Of(probe.Address, certificate).ToString() : null;
}
