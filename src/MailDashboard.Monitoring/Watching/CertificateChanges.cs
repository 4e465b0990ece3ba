using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Monitoring.Watching;

/// <summary>Judges a change of a host's certificates, address by address: an address more or less is no change of a certificate.</summary>
internal static class CertificateChanges
{
    public static ChangeVerdict? Judge(RecordChange change)
    {
        var pairs = Pairs(Read(change.Before), Read(change.After)).Where(p => p.Before.Thumbprint != p.After.Thumbprint).ToList();
        if (pairs.Count == 0)
        {
            return null;
        }

        var kind = pairs.TrueForAll(p => IsRenewal(p.Before, p.After)) ? WatchedChange.CertificateRenewed : WatchedChange.CertificateReplaced;
        var worse = pairs.Where(p => p.After.Trust < p.Before.Trust).ToList();
        var definition = worse.Count == 0 ? null
            : worse.Exists(p => p.After.Trust == CertificateTrust.SelfSigned) ? ChangeFindings.CertificateSelfSigned
            : ChangeFindings.CertificateUntrusted;
        return new ChangeVerdict(kind, definition, definition?.Severity);
    }

    /// <summary>A host that moved as a whole: its certificates are compared all the same.</summary>
    private static IEnumerable<(ObservedCertificate Before, ObservedCertificate After)> Pairs(List<ObservedCertificate> before, List<ObservedCertificate> after)
    {
        var known = before.DistinctBy(c => c.Address).ToDictionary(c => c.Address);
        var common = after.Where(a => known.ContainsKey(a.Address)).Select(a => (known[a.Address], a)).ToList();
        return common.Count > 0 || before.Count == 0 ? common
            : after.Select(a => (before.Find(b => b.Thumbprint == a.Thumbprint) ?? before.MaxBy(b => b.Trust)!, a));
    }

    private static bool IsRenewal(ObservedCertificate before, ObservedCertificate after) =>
        before.IssuerOrganisation == after.IssuerOrganisation && before.Names.SequenceEqual(after.Names);

    private static List<ObservedCertificate> Read(ImmutableArray<string> values) => [.. values.Select(ObservedCertificate.Parse).OfType<ObservedCertificate>()];
}
