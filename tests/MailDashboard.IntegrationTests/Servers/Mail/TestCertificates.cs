using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>A certificate and its key, in memory and as PEM.</summary>
/// <param name="Certificate">With its private key.</param>
/// <param name="ChainPem">The leaf and, unless it signed itself, its issuer.</param>
/// <param name="KeyPem">PKCS#8, not encrypted.</param>
public sealed record TestCertificate(X509Certificate2 Certificate, string ChainPem, string KeyPem)
{
    /// <summary>Key first, then the chain: what Postfix wants in one file.</summary>
    public string KeyAndChainPem => $"{KeyPem}\n{ChainPem}\n";
}

/// <summary>A certificate authority of the test's own, which issues whatever a test needs: right, expired, for another name.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 authority;
    private readonly DateTimeOffset now;

    public TestCertificates(TimeProvider? time = null, string name = "Mail Dashboard test authority")
    {
        now = (time ?? TimeProvider.System).GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        authority = request.CreateSelfSigned(now.AddYears(-5), now.AddYears(5));
    }

    /// <summary>The authority's certificate, for <c>SSL_CERT_FILE</c> or a trust store.</summary>
    public string AuthorityPem => authority.ExportCertificatePem();

    public X509Certificate2 Authority => authority;

    /// <summary>Issues a certificate for these host names or addresses; valid from 10 days ago for 90 days unless told.</summary>
    public TestCertificate Issue(string[] names, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(key, names);
        var serial = RandomNumberGenerator.GetBytes(12);
        serial[0] &= 0x7f;
        using var issued = request.Create(authority, notBefore ?? now.AddDays(-10), notAfter ?? now.AddDays(80), serial);
        return Result(issued, key, $"{issued.ExportCertificatePem()}\n{AuthorityPem}");
    }

    public TestCertificate Issue(params string[] names) => Issue(names, null, null);

    /// <summary>Ended yesterday.</summary>
    public TestCertificate IssueExpired(params string[] names) => Issue(names, now.AddDays(-91), now.AddDays(-1));

    /// <summary>Signed by nobody but itself.</summary>
    public TestCertificate SelfSigned(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(key, names).CreateSelfSigned(now.AddDays(-10), now.AddDays(80));
        return Result(certificate, key, certificate.ExportCertificatePem());
    }

    /// <summary>Whether a client that trusts this authority alone would accept the certificate, its name aside.</summary>
    public bool Issued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    public void Dispose() => authority.Dispose();

    private static CertificateRequest Request(ECDsa key, string[] names)
    {
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return request;
    }

    private static TestCertificate Result(X509Certificate2 certificate, ECDsa key, string chainPem)
    {
        var keyPem = key.ExportPkcs8PrivateKeyPem();
        // SslStream wants a key that it can find again; PKCS#12 gives it one.
        using var withKey = X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), keyPem);
        return new TestCertificate(X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null), chainPem, keyPem);
    }
}
