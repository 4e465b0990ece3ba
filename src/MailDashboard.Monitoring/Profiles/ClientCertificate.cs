using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>Reads a certificate with its private key.</summary>
internal static class ClientCertificate
{
    /// <summary>Longest file, in octets.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>Reads PKCS #12 or PEM.</summary>
    /// <returns>Null where it is neither, has no private key, or the password is wrong.</returns>
    public static X509Certificate2? TryRead(ReadOnlySpan<byte> file, string? password)
    {
        if (file.Length > Longest)
        {
            return null;
        }

        try
        {
            var certificate = file.StartsWith("-----"u8) || file.IndexOf("-----BEGIN"u8) >= 0
                ? FromPem(Encoding.ASCII.GetString(file), password)
                : X509CertificateLoader.LoadPkcs12(file, password, X509KeyStorageFlags.EphemeralKeySet | X509KeyStorageFlags.Exportable);
            if (certificate.HasPrivateKey)
            {
                return certificate;
            }

            certificate.Dispose();
            return null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>As it is stored.</summary>
    public static string Write(X509Certificate2 certificate) => Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12));

    /// <summary>What was stored; null where it cannot be read.</summary>
    public static X509Certificate2? Read(string stored) => TryRead(Convert.FromBase64String(stored), null);

    private static X509Certificate2 FromPem(string pem, string? password) =>
        string.IsNullOrEmpty(password) ? X509Certificate2.CreateFromPem(pem, pem) : X509Certificate2.CreateFromEncryptedPem(pem, pem, password);
}
