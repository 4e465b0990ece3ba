using System.Globalization;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.StartTls;

/// <summary>
/// Judges a server's certificate. Most senders encrypt with any certificate; those that go by MTA-STS (RFC 8461) insist on
/// chain and name, so these are errors where the domain publishes it and warnings elsewhere.
/// </summary>
internal static class CertificateJudge
{
    // A certificate renewed on time is renewed at two thirds of its life, whether that is 45, 64 or 90 days.
    private const double Late = 0.8;
    private const double VeryLate = 0.9;

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
        var outOfTime = Time(all, seen, certificate, subject, outcome, grades);
        if (Trust(certificate, outOfTime) is { } fault)
        {
            Authentication(fault, new Evidence("chain", string.Join(", ", certificate.ChainStatus), Source(seen)));
        }

        // Where it is signed by itself nobody checks the name; the certificate that replaces it will have the right one.
        if (!certificate.NameMatches && !CertificateStrength.IsSelfSigned(certificate) && !IsSaidOfMx(all, seen, certificate))
        {
            Authentication(StartTlsFindings.NameMismatch, new Evidence("names", string.Join(", ", certificate.Names.Take(50)), Source(seen)));
        }

        Strength(seen, certificate, subject, outcome);

        void Authentication(FindingDefinition definition, Evidence evidence)
        {
            grades.BadCertificate |= all.HasMtaSts;
            grades.UnscoredCertificate = true;
            outcome.Report(new Finding(definition, subject, [Host(seen), evidence, Issuer(certificate)], SeverityOverride: Insisted(all)));
        }
    }

    private static bool Time(StartTlsObservation all, SmtpObservation seen, CertificateFacts certificate, Subject subject, OutcomeBuilder outcome, StartTlsGrades grades)
    {
        var used = certificate.LifetimeUsed(all.At);
        var end = new Evidence("notAfter", Date(certificate.NotAfter), Source(seen));
        if (all.At >= certificate.NotAfter)
        {
            grades.Expired = true;
            outcome.Report(StartTlsFindings.Expired, subject, Host(seen), end, Issuer(certificate));
            return true;
        }

        if (all.At < certificate.NotBefore)
        {
            grades.BadCertificate = true;
            outcome.Report(StartTlsFindings.NotYetValid, subject, Host(seen), new Evidence("notBefore", Date(certificate.NotBefore), Source(seen)), Issuer(certificate));
            return true;
        }

        if (used > Late)
        {
            outcome.Report(new Finding(StartTlsFindings.NearEnd, subject, [Host(seen), end, new Evidence("lifetimeUsed", Percent(used))])
            {
                SeverityOverride = used > VeryLate ? null : Severity.Notice,
            });
        }

        return false;
    }

    private static FindingDefinition? Trust(CertificateFacts certificate, bool outOfTime)
    {
        // The time of the leaf has been judged; that of an intermediate is the chain's fault. Strength is judged below.
        var status = certificate.ChainStatus.Where(s => s is not "HasWeakSignature" && !(outOfTime && s is "NotTimeValid")).ToList();
        if (status.Count == 0)
        {
            return null;
        }

        return CertificateStrength.IsSelfSigned(certificate) ? StartTlsFindings.SelfSigned
            : status.Contains("PartialChain") ? StartTlsFindings.Incomplete
            : StartTlsFindings.Untrusted;
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
        .Fact(subject, "notAfter", Date(certificate.NotAfter))
        .Fact(subject, "lifetimeUsed", Percent(certificate.LifetimeUsed(all.At)));

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

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100):0} %");
}
