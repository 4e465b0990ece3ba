using System.Globalization;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.ClientAccess;

/// <summary>
/// Judges the certificates of each host, at all of its ports together: a mail program refuses what is wrong in time, chain or name, or
/// teaches its user to click a warning away.
/// </summary>
internal static class ServiceCertificates
{
    public static void Judge(ServicesObservation seen, ServiceFindingSet findings, OutcomeBuilder outcome, ServiceGrades grades)
    {
        foreach (var host in seen.Own.GroupBy(s => s.Service.Host))
        {
            var subject = Subject.Host(host.Key);
            var shown = host.Where(s => s.Seen?.Tls is not null).ToList();
            if (shown.Count > 0 && outcome.WhyOpen(host.Select(s => s.Subject)) is { } reason)
            {
                // An address or port that was left open may be the one that showed a fault before.
                outcome.CouldNotTell(subject, reason, verdictNeedsIt: false);
            }
            else
            {
                outcome.Determined(subject);
            }

            foreach (var sight in shown)
            {
                Judge(seen, sight, [.. shown.Where(s => Thumbprint(s) == Thumbprint(sight))], subject, findings, outcome, grades);
            }
        }
    }

    private static void Judge(
        ServicesObservation all, ServiceSight sight, List<ServiceSight> same, Subject subject, ServiceFindingSet findings, OutcomeBuilder outcome, ServiceGrades grades)
    {
        var ports = new Evidence("ports", string.Join(", ", same.Select(s => string.Create(CultureInfo.InvariantCulture, $"[{s.Address}]:{s.Service.Port}"))), sight.Address.ToString());
        grades.AnyCertificate = true;
        if (sight.Seen!.Tls!.Certificate is not { } certificate)
        {
            grades.BadCertificate = true;
            Report(findings.NoCertificate);
            return;
        }

        var issuer = new Evidence("issuer", certificate.Issuer);
        foreach (var fault in CertificateFaults.Of(certificate, all.At))
        {
            switch (fault)
            {
                case CertificateFault.Expired:
                    grades.Expired = true;
                    Refused(findings.Expired, new Evidence("notAfter", CertificateFaults.Date(certificate.NotAfter)), issuer);
                    break;
                case CertificateFault.NotYetValid:
                    Refused(findings.NotYetValid, new Evidence("notBefore", CertificateFaults.Date(certificate.NotBefore)), issuer);
                    break;
                case CertificateFault.SelfSigned or CertificateFault.Incomplete or CertificateFault.Untrusted:
                    var definition = fault == CertificateFault.SelfSigned ? findings.SelfSigned : fault == CertificateFault.Incomplete ? findings.Incomplete : findings.Untrusted;
                    Refused(definition, new Evidence("chain", string.Join(", ", certificate.ChainStatus)), issuer);
                    break;
                case CertificateFault.NameMismatch when sight.IsGuessed:
                    // People may well use the name that the certificate has.
                    outcome.Report(new Finding(findings.NameMismatch, subject, [ports, Names(certificate), issuer], SeverityOverride: Severity.Notice));
                    break;
                case CertificateFault.NameMismatch:
                    Refused(findings.NameMismatch, Names(certificate), issuer);
                    break;
                default:
                    var end = new Evidence("notAfter", CertificateFaults.Date(certificate.NotAfter));
                    var used = new Evidence("lifetimeUsed", CertificateFaults.Percent(certificate.LifetimeUsed(all.At)));
                    outcome.Report(new Finding(findings.NearEnd, subject, [ports, end, used], SeverityOverride: fault == CertificateFault.VeryLate ? null : Severity.Notice));
                    break;
            }
        }

        void Refused(FindingDefinition definition, params Evidence[] evidence)
        {
            grades.BadCertificate = true;
            Report(definition, evidence);
        }

        void Report(FindingDefinition definition, params Evidence[] evidence) =>
            outcome.Report(new Finding(definition, subject, [ports, .. evidence]));
    }

    private static Evidence Names(CertificateFacts certificate) => new("names", string.Join(", ", certificate.Names.Take(50)));

    private static string? Thumbprint(ServiceSight sight) => sight.Seen!.Tls!.Certificate?.Thumbprint;
}
