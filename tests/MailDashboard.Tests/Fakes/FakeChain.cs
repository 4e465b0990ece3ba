using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Tests.Fakes;

/// <summary>A root, an authority below it, and a server's certificate: in the middle of their lives at <see cref="PerfectSmtp.Now"/>.</summary>
public sealed class FakeChain
{
    private static readonly DateTimeOffset Start = PerfectSmtp.Now.AddDays(-30);

    public FakeChain(string host, DateTimeOffset? leafEnd = null, bool authorityMayIssue = true)
    {
        Host = host;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = Request("CN=Root", rootKey, isAuthority: true);
        using var root = rootRequest.CreateSelfSigned(Start, Start.AddYears(5));
        using var authority = Request("CN=Authority", authorityKey, authorityMayIssue).Create(root, Start, Start.AddYears(3), [1]);
        using var issuing = authority.CopyWithPrivateKey(authorityKey);
        var leafRequest = Request($"CN={host}", leafKey, isAuthority: false);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        leafRequest.CertificateExtensions.Add(names.Build());
        using var leaf = leafRequest.Create(issuing.SubjectName, X509SignatureGenerator.CreateForECDsa(authorityKey), Start, leafEnd ?? PerfectSmtp.Now.AddDays(60), [2]);
        (Root, Authority, Leaf) = (root.RawData, authority.RawData, leaf.RawData);
    }

    public string Host { get; }

    public byte[] Root { get; }

    public byte[] Authority { get; }

    public byte[] Leaf { get; }

    /// <summary>As a server presents it.</summary>
    /// <param name="sent">Null for the usual: without the root.</param>
    public CertificateFacts Facts(CertificateFacts perfect, params byte[][] sent) => perfect with
    {
        Names = [Host],
        Chain = [.. (sent.Length > 0 ? sent : [Leaf, Authority]).Select(c => (ReadOnlyMemory<byte>)c)],
    };

    /// <summary>The key of a certificate.</summary>
    public static byte[] KeyOf(byte[] der)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return certificate.PublicKey.ExportSubjectPublicKeyInfo();
    }

    /// <summary>What a TLSA record with these parameters says of a certificate.</summary>
    public static byte[] Association(byte[] der, byte selector, byte matching)
    {
        var chosen = selector == 0 ? der : KeyOf(der);
        return matching switch { 0 => chosen, 1 => SHA256.HashData(chosen), _ => SHA512.HashData(chosen) };
    }

    /// <summary><c>3 1 1</c> of a certificate.</summary>
    public static string Proposal(byte[] der) => $"3 1 1 {Convert.ToHexStringLower(Association(der, 1, 1))}";

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        return request;
    }
}
