using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Bimi;

/// <summary>Reads the PEM file that <c>a=</c> leads to: the mark certificate and those above it. Never throws.</summary>
public static class BimiMarkReader
{
    private const string Purpose = "1.3.6.1.5.5.7.3.31";
    private const int ChainLimit = 10;

    /// <summary>Reads a file.</summary>
    /// <param name="file">PEM.</param>
    /// <param name="roots">Authorities that the operator trusts for marks; null: the chain is not judged.</param>
    /// <param name="at">When the chain has to be valid; the leaf's own time is told apart.</param>
    /// <returns>Null where there is no certificate in it.</returns>
    public static BimiMark? Read(ReadOnlyMemory<byte> file, X509Certificate2Collection? roots, DateTimeOffset at)
    {
        var loaded = Load(Encoding.Latin1.GetString(file.Span));
        try
        {
            return loaded is [] ? null : Of(loaded.Find(c => !IsAuthority(c)) ?? loaded[0], loaded, roots, at);
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            loaded.ForEach(c => c.Dispose());
        }
    }

    private static BimiMark Of(X509Certificate2 leaf, List<X509Certificate2> all, X509Certificate2Collection? roots, DateTimeOffset at) => new(
        leaf.Subject,
        leaf.Issuer,
        CertificateNames.Of(leaf),
        new DateTimeOffset(leaf.NotBefore.ToUniversalTime()),
        new DateTimeOffset(leaf.NotAfter.ToUniversalTime()),
        leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(e => e.EnhancedKeyUsages.Cast<Oid>().Any(o => o.Value == Purpose)),
        LogotypeReader.Read(leaf),
        roots is null ? null : Chain(leaf, all, roots, at));

    private static ImmutableArray<string> Chain(X509Certificate2 leaf, List<X509Certificate2> all, X509Certificate2Collection roots, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(all.ToArray());
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.Build(leaf);
        ImmutableArray<string> status = [.. chain.ChainStatus.Select(s => s.Status.ToString()).Where(s => s is not ("NoError" or "NotTimeValid")).Distinct().Order(StringComparer.Ordinal)];
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return status;
    }

    private static bool IsAuthority(X509Certificate2 certificate) => certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(e => e.CertificateAuthority);

    private static List<X509Certificate2> Load(string text)
    {
        var loaded = new List<X509Certificate2>();
        var rest = text.AsSpan();
        while (loaded.Count < ChainLimit && PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label] is "CERTIFICATE" && One(rest[fields.Base64Data].ToString()) is { } certificate)
            {
                loaded.Add(certificate);
            }

            rest = rest[fields.Location.End..];
        }

        return loaded;
    }

    private static X509Certificate2? One(string base64)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(base64));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
