using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>What a port's TLS comes to, apart from the versions.</summary>
public enum TlsPortState
{
    /// <summary>Encrypted, with a certificate that is valid for the host.</summary>
    Good,

    /// <summary>Encrypted, with a certificate that is not valid.</summary>
    BadCertificate,

    /// <summary>It is reached and does not encrypt.</summary>
    NoTls,

    /// <summary>It is reached, and what it says cannot be understood, or ends too early.</summary>
    Unclear,

    /// <summary>No connection.</summary>
    NotReached,
}

/// <summary>Judges what <see cref="TlsSurvey"/> saw. Pure.</summary>
public static class TlsPortStates
{
    /// <summary>What it comes to.</summary>
    public static TlsPortState Of(TlsVersionObservation seen, DateTimeOffset now) => seen switch
    {
        { Connect: not ConnectStatus.Connected } => TlsPortState.NotReached,
        { Prelude: TlsPreludeEnd.NotOffered or TlsPreludeEnd.Refused } => TlsPortState.NoTls,
        _ when seen.Offers.Any(o => o.Offered == true) => IsValid(seen.Best?.Certificate, now) ? TlsPortState.Good : TlsPortState.BadCertificate,
        _ when seen.Offers.All(o => o.Offered == false) => TlsPortState.NoTls,
        _ => TlsPortState.Unclear,
    };

    /// <summary>What makes a certificate no good today; its age, weak keys and signatures are another matter.</summary>
    public static ImmutableArray<CertificateFault> Faults(CertificateFacts certificate, DateTimeOffset now) =>
        [.. CertificateFaults.Of(certificate, now).Except([CertificateFault.Late, CertificateFault.VeryLate])];

    private static bool IsValid(CertificateFacts? certificate, DateTimeOffset now) => certificate is not null && Faults(certificate, now).IsEmpty;
}
