using System.Security.Cryptography;

namespace MailDashboard.IntegrationTests.Checks.Faults;

/// <summary>Public keys for DKIM records; nobody signs with them.</summary>
internal static class FaultKeys
{
    private static readonly Dictionary<string, string> Keys = new()
    {
        ["{rsa2048}"] = Rsa(2048),
        ["{rsa1024}"] = Rsa(1024),
        ["{rsa512}"] = Rsa(512),

        // The key of RFC 8463 appendix A.2.
        ["{ed25519}"] = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    };

    public static string Fill(string text)
    {
        foreach (var (name, key) in Keys)
        {
            text = text.Replace(name, key, StringComparison.Ordinal);
        }

        return text;
    }

    private static string Rsa(int bits)
    {
#pragma warning disable CA5385 // Too short is what the tests are about.
        using var key = RSA.Create(bits);
#pragma warning restore CA5385
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }
}
