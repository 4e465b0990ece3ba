using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>What can be wrong with a certificate beside its strength.</summary>
public enum CertificateFault
{
    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not come.</summary>
    NotYetValid,

    /// <summary>More than <see cref="CertificateFaults.Late"/> of its life is over.</summary>
    Late,

    /// <summary>More than <see cref="CertificateFaults.VeryLate"/> of its life is over.</summary>
    VeryLate,

    /// <summary>Signed by itself, and not a trusted root.</summary>
    SelfSigned,

    /// <summary>What was sent leads to no root.</summary>
    Incomplete,

    /// <summary>Another fault of the chain.</summary>
    Untrusted,

    /// <summary>It is not for the host.</summary>
    NameMismatch,
}

/// <summary>Judges certificates in time, chain and name (RFC 5280, RFC 6125), each fault once.</summary>
public static class CertificateFaults
{
    /// <summary>A certificate renewed on time is renewed at two thirds of its life, whether that is 45, 64 or 90 days.</summary>
    public const double Late = 0.8;

    /// <summary>Nobody renews that late on purpose.</summary>
    public const double VeryLate = 0.9;

    /// <summary>Everything that is wrong with it: at most one fault of time, one of the chain, and the name.</summary>
    public static ImmutableArray<CertificateFault> Of(CertificateFacts certificate, DateTimeOffset at)
    {
        var time = Time(certificate, at);
        var chain = Chain(certificate, time is CertificateFault.Expired or CertificateFault.NotYetValid);

        // Where it is signed by itself nobody checks the name; the certificate that replaces it will have the right one.
        CertificateFault? name = !certificate.NameMatches && !CertificateStrength.IsSelfSigned(certificate) ? CertificateFault.NameMismatch : null;
        return [.. new[] { time, chain, name }.OfType<CertificateFault>()];
    }

    /// <summary>A date as the families write it.</summary>
    public static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A share of a lifetime as the families write it.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100):0} %");

    private static CertificateFault? Time(CertificateFacts certificate, DateTimeOffset at) =>
        at >= certificate.NotAfter ? CertificateFault.Expired
        : at < certificate.NotBefore ? CertificateFault.NotYetValid
        : certificate.LifetimeUsed(at) switch
        {
            > VeryLate => CertificateFault.VeryLate,
            > Late => CertificateFault.Late,
            _ => null,
        };

    private static CertificateFault? Chain(CertificateFacts certificate, bool outOfTime)
    {
        // The time of the leaf has been judged; that of an intermediate is the chain's fault. Strength is judged elsewhere.
        var status = certificate.ChainStatus.Where(s => s is not "HasWeakSignature" && !(outOfTime && s is "NotTimeValid")).ToList();
        return status.Count == 0 ? null
            : CertificateStrength.IsSelfSigned(certificate) ? CertificateFault.SelfSigned
            : status.Contains("PartialChain") ? CertificateFault.Incomplete
            : CertificateFault.Untrusted;
    }
}
