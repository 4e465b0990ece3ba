using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Mail.Sending;

namespace MailDashboard.Mail.Connecting;

/// <summary>Why a server's certificate was not accepted.</summary>
public enum CertificateFault
{
    /// <summary>It names other servers than the one that was dialled (RFC 9525 §6).</summary>
    OtherName,

    /// <summary>It has run out, or is not valid yet (RFC 5280 §4.1.2.5).</summary>
    OutOfTime,

    /// <summary>Nobody whom this machine trusts has signed it (RFC 5280 §6).</summary>
    Untrusted,
}

/// <summary>A certificate that was not accepted.</summary>
/// <param name="Fault">What people have to mend first.</param>
/// <param name="Names">Whom it is for, at most twenty; hostile text, one line each.</param>
public sealed record RefusedCertificate(CertificateFault Fault, ImmutableArray<string> Names)
{
    private const int MostNames = 20;

    /// <summary>One line, for conversations.</summary>
    public override string ToString() => $"certificate refused ({Fault}); it names: {(Names.IsEmpty ? "nobody" : string.Join(", ", Names))}";

    /// <summary>Null where there is nothing against it.</summary>
    internal static RefusedCertificate? Of(X509Certificate2 certificate, SslPolicyErrors errors, DateTimeOffset now) => errors == SslPolicyErrors.None
        ? null
        : new RefusedCertificate(
            errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? CertificateFault.OtherName
            : certificate.NotAfter.ToUniversalTime() < now.UtcDateTime || certificate.NotBefore.ToUniversalTime() > now.UtcDateTime ? CertificateFault.OutOfTime
            : CertificateFault.Untrusted,
            [.. NamesOf(certificate).Select(n => OutgoingMime.OneLine(n)).Where(n => n.Length is > 0 and <= 253).Take(MostNames)]);

    /// <summary>The subject's name counts only where there are no others (RFC 9525 §2.1), and is shown all the same.</summary>
    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        var others = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
        var names = others.SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString()))).ToList();
        return names.Count > 0 ? names : [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)];
    }
}
