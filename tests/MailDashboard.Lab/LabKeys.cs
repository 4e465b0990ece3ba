using System.Security.Cryptography;

namespace MailDashboard.Lab;

/// <summary>DKIM records (RFC 6376 section 3.6.1). Nobody signs with them; the keys are made anew at each start.</summary>
public static class LabKeys
{
    public static string Good { get; } = Rsa(2048);

    /// <summary>Shorter than RFC 8301 lets a verifier accept.</summary>
    public static string TooShort { get; } = Rsa(512);

    /// <summary>Accepted, but shorter than RFC 8301 wants it.</summary>
    public static string Short { get; } = Rsa(1024);

    public static string Testing { get; } = Good.Replace("k=rsa;", "k=rsa; t=y;", StringComparison.Ordinal);

    public static string Revoked => "v=DKIM1; k=rsa; p=";

    private static string Rsa(int bits)
    {
#pragma warning disable CA5385 // Too short is what the lab shows.
        using var key = RSA.Create(bits);
#pragma warning restore CA5385
        return $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";
    }
}
