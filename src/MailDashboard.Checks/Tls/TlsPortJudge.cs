using System.Globalization;
using System.Security.Authentication;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Tls;

/// <summary>Judges one port that came as far as a handshake.</summary>
internal static class TlsPortJudge
{
    public static TlsGrade Judge(TlsObservation all, TlsPort port, TlsVersionObservation seen, OutcomeBuilder outcome)
    {
        if (seen.Offers.All(o => o.Offered is null))
        {
            return Open(port, seen.Failure ?? "", outcome);
        }

        var offered = seen.Offers.Where(o => o.Offered == true).Select(o => o.Version).ToList();
        var versions = string.Join(", ", offered.Select(TlsVersions.Name));
        if (offered.Count > 0)
        {
            outcome.Fact(port.Subject, "versions", versions);
        }

        if (seen.Best is { } best)
        {
            Facts(all, port, best, outcome);
        }

        var open = string.Join(", ", seen.Offers.Where(o => o.Offered is null).Select(o => TlsVersions.Name(o.Version)));
        _ = open.Length > 0
            ? outcome.CouldNotTell(port.Subject, Reason.Of("VersionsOpen", port.Subject.Name, open), verdictNeedsIt: false)
            : outcome.Determined(port.Subject);
        if (offered.Count == 0)
        {
            // Every version was refused: the family of the protocol says that the handshake fails.
            return open.Length > 0 ? TlsGrade.Open : TlsGrade.Fine;
        }

        Strength(port, seen.Best?.Certificate, outcome);
        return Versions(all, port, seen, offered, versions, outcome);
    }

    /// <summary>It accepted the connection, and then could not be understood.</summary>
    public static TlsGrade Open(TlsPort port, string why, OutcomeBuilder outcome)
    {
        // Of port 25 StartTls says why, and its verdict waits for it; much accepts connections at a port that was only guessed.
        outcome.CouldNotTell(port.Subject, Reason.Of("Unclear", port.Subject.Name, why), verdictNeedsIt: port is { IsForClients: true, Origin: not ServiceOrigin.Guessed });
        return TlsGrade.Open;
    }

    private static TlsGrade Versions(
        TlsObservation all, TlsPort port, TlsVersionObservation seen, List<SslProtocols> offered, string versions, OutcomeBuilder outcome)
    {
        var old = offered.Where(TlsVersions.IsOld).ToList();
        if (old.Count == offered.Count)
        {
            if (port.IsForClients)
            {
                outcome.Report(TlsFindings.OnlyOldTls, port.Subject, Service(port), new Evidence("versions", versions, Source(port)));
            }

            return TlsGrade.Old;
        }

        if (old.Count > 0 && port.IsForClients)
        {
            outcome.Report(TlsFindings.OldTlsToo, port.Subject, Service(port), new Evidence("oldVersions", string.Join(", ", old.Select(TlsVersions.Name)), Source(port)));
        }

        // StartTls has told of port 25 already, for information; the strict profile makes it a condition there as well.
        if (seen.Offers13 == false && (port.IsForClients || all.IsStrict))
        {
            outcome.Report(new Finding(TlsFindings.NoTls13, port.Subject, [Service(port), new Evidence("versions", versions, Source(port))])
            {
                SeverityOverride = all.IsStrict ? Severity.Warning : null,
            });
        }

        return old.Count > 0 ? TlsGrade.Old
            : seen.Offers.Any(o => o.Offered is null) ? TlsGrade.Open
            : seen.Offers13 == false ? TlsGrade.No13
            : TlsGrade.Fine;
    }

    private static void Strength(TlsPort port, CertificateFacts? certificate, OutcomeBuilder outcome)
    {
        if (certificate is null || !port.IsForClients)
        {
            return;
        }

        if (CertificateStrength.HasWeakKey(certificate))
        {
            outcome.Report(TlsFindings.WeakKey, port.Subject, Service(port), new Evidence("key", CertificateStrength.Key(certificate), Source(port)));
        }

        if (CertificateStrength.HasWeakSignature(certificate))
        {
            outcome.Report(TlsFindings.WeakSignature, port.Subject, Service(port), new Evidence("signature", certificate.SignatureAlgorithm, Source(port)));
        }
    }

    private static void Facts(TlsObservation all, TlsPort port, TlsFacts best, OutcomeBuilder outcome)
    {
        var subject = port.Subject;
        outcome.Fact(subject, "cipher", best.CipherSuite);
        if (best.Certificate is { } certificate)
        {
            outcome.Fact(subject, "certificateSubject", certificate.Subject)
                .Fact(subject, "certificateIssuer", certificate.Issuer)
                .Fact(subject, "notAfter", CertificateFaults.Date(certificate.NotAfter))
                .Fact(subject, "lifetimeUsed", CertificateFaults.Percent(certificate.LifetimeUsed(all.At)))
                .Fact(subject, "key", CertificateStrength.Key(certificate))
                .Fact(subject, "signature", certificate.SignatureAlgorithm);
        }
    }

    private static Evidence Service(TlsPort port) => new("service", string.Create(CultureInfo.InvariantCulture, $"{port.Host}:{port.Port}"));

    private static string Source(TlsPort port) => port.Address.ToString();
}
