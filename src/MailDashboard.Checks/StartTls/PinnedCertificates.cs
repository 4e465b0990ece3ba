using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dane;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.StartTls;

/// <summary>
/// Finds which certificates of doubtful chain or name DANE vouches for. The family Dane judges the records; here they only say that a
/// certificate is the one that was meant, and DNS is asked for no other.
/// </summary>
internal static class PinnedCertificates
{
    public static async Task<ImmutableHashSet<(string Host, IPAddress Address)>> FindAsync(
        AuditContext context, MxTargets targets, ImmutableArray<MxProbe> probes, CancellationToken cancellationToken)
    {
        var doubtful = probes.Where(p => CertificateOf(p) is { } certificate && IsDoubtful(certificate, context)).ToLookup(p => p.Host);
        var found = await Task.WhenAll(targets.Hosts
            .Where(h => doubtful.Contains(h.Name) && DnsNames.CanBeAsked(DaneCheck.Owner(h.Name)))
            .Select(h => TlsaLookup.FindAsync(context, h, cancellationToken))).ConfigureAwait(false);
        var reader = new ChainReader(context.Time);
        return
        [
            .. found.Where(h => h.IsInForce)
                .SelectMany(h => doubtful[h.Host.Name].Where(p => IsNamed(h.Usable, CertificateOf(p)!, reader)))
                .Select(p => (p.Host, p.Address)),
        ];
    }

    private static bool IsDoubtful(CertificateFacts certificate, AuditContext context) => CertificateFaults.Of(certificate, context.Time.GetUtcNow())
        .Any(f => f is CertificateFault.SelfSigned or CertificateFault.Untrusted or CertificateFault.Incomplete or CertificateFault.NameMismatch);

    private static bool IsNamed(ImmutableArray<TlsaRecord> usable, CertificateFacts certificate, ChainReader reader) =>
        reader.Read(certificate, usable) is { } chain
        && TlsaMatcher.Match(usable, chain, certificate.Names).Counted.Any(m => m.Record.Usage == TlsaUse.Server && m.Fit == TlsaFit.Fits);

    private static CertificateFacts? CertificateOf(MxProbe probe) => probe.Seen is { Stage: SmtpStage.Encrypted, Tls.Certificate: { } certificate } ? certificate : null;
}
