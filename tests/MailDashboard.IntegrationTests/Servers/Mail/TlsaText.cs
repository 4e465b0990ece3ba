using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>TLSA records as a zone file has them.</summary>
public static class TlsaText
{
    /// <summary>Such as <c>3 1 1 …</c>.</summary>
    public static string Of(X509Certificate2 certificate, int usage, int selector, int matching)
    {
        var chosen = selector == 0 ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        var data = matching switch { 0 => chosen, 1 => SHA256.HashData(chosen), _ => SHA512.HashData(chosen) };
        return $"{usage} {selector} {matching} {Convert.ToHexString(data)}";
    }
}
