using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.StartTls;

/// <summary>
/// Judges a server's certificate. Most senders encrypt with any certificate; those that go by MTA-STS (RFC 8461) insist on
/// chain and name, so these are errors where the domain publishes it and warnings elsewhere.
/// </summary>
internal static class CertificateJudge
{
    public static void Judge(StartTlsObservation all, SmtpObservation seen, OutcomeBuilder outcome, StartTlsGrades grades)
    {
        var subject = Subject.Address(seen.Address);
        if (seen.Tls!.Certificate is not { } certificate)
        {
            grades.UnscoredCertificate = true;
            outcome.Report(new Finding(StartTlsFindings.NoCertificate, subject, [Host(seen)], SeverityOverride: Insisted(all)));
            return;
        }

        Facts(all, certificate, subject, outcome);
        foreach (var fault in CertificateFaults.Of(certificate, all.At))
        {
            switch (fault)
            {
                case CertificateFault.SelfSigned:
                    Authentication(StartTlsFindings.SelfSigned, Chain());
                    break;
                case CertificateFault.Incomplete:
                    Authentication(StartTlsFindings.Incomplete, Chain());
                    break;
                case CertificateFault.Untrusted:
                    Authentication(StartTlsFindings.Untrusted, Chain());
                    break;
                case CertificateFault.NameMismatch when !IsSaidOfMx(all, seen, certificate):
                    Authentication(StartTlsFindings.NameMismatch, new Evidence("names", string.Join(", ", certificate.Names.Take(50)), Source(seen)));
                    break;
                default:
                    Time(fault, all, seen, certificate, outcome, grades);
                    break;
            }
        }

        Strength(seen, certificate, subject, outcome);

        Evidence Chain() => new("chain", string.Join(", ", certificate.ChainStatus), Source(seen));

        void Authentication(FindingDefinition definition, Evidence evidence)
        {
            grades.BadCertificate |= all.HasMtaSts;
            grades.UnscoredCertificate = true;
            if (all.Pinned.Contains((seen.Host, seen.Address)))
            {
                return;
            }

            outcome.Report(new Finding(definition, subject, [Host(seen), evidence, Issuer(certificate)], SeverityOverride: Insisted(all)));
        }
    }

    private static void Time(CertificateFault fault, StartTlsObservation all, SmtpObservation seen, CertificateFacts certificate, OutcomeBuilder outcome, StartTlsGrades grades)
    {
        var subject = Subject.Address(seen.Address);
        var end = new Evidence("notAfter", CertificateFaults.Date(certificate.NotAfter), Source(seen));
        switch (fault)
        {
            case CertificateFault.Expired:
                grades.Expired = true;
                outcome.Report(StartTlsFindings.Expired, subject, Host(seen), end, Issuer(certificate));
                break;
            case CertificateFault.NotYetValid:
                grades.BadCertificate = true;
                var start = new Evidence("notBefore", CertificateFaults.Date(certificate.NotBefore), Source(seen));
                outcome.Report(StartTlsFindings.NotYetValid, subject, Host(seen), start, Issuer(certificate));
                break;
            case CertificateFault.Late or CertificateFault.VeryLate:
                var used = new Evidence("lifetimeUsed", CertificateFaults.Percent(certificate.LifetimeUsed(all.At)));
                outcome.Report(new Finding(StartTlsFindings.NearEnd, subject, [Host(seen), end, used])
                {
                    SeverityOverride = fault == CertificateFault.VeryLate ? null : Severity.Notice,
                });
                break;
        }
    }

    private static void Strength(SmtpObservation seen, CertificateFacts certificate, Subject subject, OutcomeBuilder outcome)
    {
        if (CertificateStrength.HasWeakKey(certificate))
        {
            outcome.Report(StartTlsFindings.WeakKey, subject, Host(seen), new Evidence("key", CertificateStrength.Key(certificate), Source(seen)));
        }

        if (CertificateStrength.HasWeakSignature(certificate))
        {
            outcome.Report(StartTlsFindings.WeakSignature, subject, Host(seen), new Evidence("signature", certificate.SignatureAlgorithm, Source(seen)));
        }
    }

    private static void Facts(StartTlsObservation all, CertificateFacts certificate, Subject subject, OutcomeBuilder outcome) => outcome
        .Fact(subject, "certificateSubject", certificate.Subject)
        .Fact(subject, "certificateIssuer", certificate.Issuer)
        .Fact(subject, "notAfter", CertificateFaults.Date(certificate.NotAfter))
        .Fact(subject, "lifetimeUsed", CertificateFaults.Percent(certificate.LifetimeUsed(all.At)));

    private static Severity? Insisted(StartTlsObservation all) => all.HasMtaSts ? Severity.Error : null;

    /// <summary>
    /// An MX that is an alias, or none at all: Mx says what to publish, and the certificate is right for that. Senders that insist on
    /// the name (MTA-STS) fail on it all the same.
    /// </summary>
    private static bool IsSaidOfMx(StartTlsObservation all, SmtpObservation seen, CertificateFacts certificate) =>
        !all.HasMtaSts
        && (all.Targets.IsImplicit
            || all.Targets.Hosts.Any(h => h.Name == seen.Host && h.Aliases is [.., var target] && CertificateNames.Cover(certificate.Names, target)));

    private static Evidence Host(SmtpObservation seen) => new("host", seen.Host);

    private static Evidence Issuer(CertificateFacts certificate) => new("issuer", certificate.Issuer);

    private static string Source(SmtpObservation seen) => seen.Address.ToString();
}
