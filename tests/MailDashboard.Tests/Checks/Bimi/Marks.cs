using System.Formats.Asn1;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Bimi;

/// <summary>Mark certificates of the test's own.</summary>
internal static class Marks
{
    public const string Logo = """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 100 100">
          <title>Example</title><desc>A dot</desc><defs><circle id="c" r="40"/></defs><use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#c" fill="url(#g)"/>
        </svg>
        """;

    private static readonly ECDsa RootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static X509Certificate2 Root { get; } = MakeRoot();

    /// <summary>The PEM file of a certificate for these names and this logo.</summary>
    public static string Pem(string name = "example.test", string purpose = "1.3.6.1.5.5.7.3.31", string logo = Logo, int daysLeft = 100, bool embedded = true, bool withLogo = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Example, O=Example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (withLogo)
        {
            request.CertificateExtensions.Add(new X509Extension("1.3.6.1.5.5.7.1.12", Logotype(Encoding.UTF8.GetBytes(logo), embedded), false));
        }

        using var certificate = request.Create(Root, PerfectSmtp.Now.AddDays(daysLeft - 365), PerfectSmtp.Now.AddDays(daysLeft), [1, 2, 3]);
        return certificate.ExportCertificatePem() + "\n" + Root.ExportCertificatePem() + "\n";
    }

    public static byte[] Gzip(byte[] octets)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Optimal))
        {
            gzip.Write(octets);
        }

        return to.ToArray();
    }

    private static byte[] Logotype(byte[] logo, bool embedded)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "image/svg+xml");
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("2.16.840.1.101.3.4.2.1");
                }

                writer.WriteOctetString(SHA256.HashData(logo));
            }

            using (writer.PushSequence())
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, embedded ? "data:image/svg+xml;base64," + Convert.ToBase64String(Gzip(logo)) : "https://issuer.test/logo.svg");
            }
        }

        return writer.Encode();
    }

    private static X509Certificate2 MakeRoot()
    {
        var request = new CertificateRequest("CN=Test Mark Authority", RootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(PerfectSmtp.Now.AddYears(-5), PerfectSmtp.Now.AddYears(5));
    }
}
