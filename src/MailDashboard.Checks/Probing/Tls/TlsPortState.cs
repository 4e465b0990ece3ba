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

/// <summary>What is wrong with a certificate where somebody insists on it (RFC 5280 §6.1, RFC 9525).</summary>
public enum CertificateFault
{
    /// <summary>None, or one that cannot be read.</summary>
    Missing,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not come.</summary>
    NotYetValid,

    /// <summary>It is for other names.</summary>
    OtherName,

    /// <summary>Signed by itself.</summary>
    SelfSigned,

    /// <summary>The chain leads to no root.</summary>
    Incomplete,

    /// <summary>The chain leads to an authority that is not trusted, or is faulty.</summary>
    Untrusted,
}

/// <summary>Judges what <see cref="TlsSurvey"/> saw. Pure.</summary>
public static class TlsPortStates
{
    /// <summary>What it comes to.</summary>
    public static TlsPortState Of(TlsVersionObservation seen, DateTimeOffset now) => seen switch
    {
        { Connect: not ConnectStatus.Connected } => TlsPortState.NotReached,
        { Prelude: TlsPreludeEnd.NotOffered or TlsPreludeEnd.Refused } => TlsPortState.NoTls,
        _ when seen.Offers.Any(o => o.Offered == true) => Faults(seen.Best?.Certificate, now).IsEmpty ? TlsPortState.Good : TlsPortState.BadCertificate,
        _ when seen.Offers.All(o => o.Offered == false) => TlsPortState.NoTls,
        _ => TlsPortState.Unclear,
    };

    /// <summary>What is wrong with a certificate; empty where nothing is. Weak keys and signatures are another matter.</summary>
    public static ImmutableArray<CertificateFault> Faults(CertificateFacts? certificate, DateTimeOffset now)
    {
        if (certificate is null)
        {
            return [CertificateFault.Missing];
        }

        var faults = ImmutableArray.CreateBuilder<CertificateFault>();
        if (now >= certificate.NotAfter || now < certificate.NotBefore)
        {
            faults.Add(now >= certificate.NotAfter ? CertificateFault.Expired : CertificateFault.NotYetValid);
        }

        if (!certificate.NameMatches)
        {
            faults.Add(CertificateFault.OtherName);
        }

        var chain = certificate.ChainStatus.Where(s => s is not "HasWeakSignature" && !(s is "NotTimeValid" && faults.Count > 0)).ToList();
        if (chain.Count > 0)
        {
            faults.Add(CertificateStrength.IsSelfSigned(certificate) ? CertificateFault.SelfSigned
                : chain.Contains("PartialChain") ? CertificateFault.Incomplete
                : CertificateFault.Untrusted);
        }

        return faults.ToImmutable();
    }
}
