using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailDashboard.Checks.Bimi;

/// <summary>The authorities that an operator trusts for marks. No system has them, so without a file no chain is judged.</summary>
public static class MarkRoots
{
    /// <summary>Names a PEM file.</summary>
    public const string Variable = "MAILDASHBOARD_BIMI_ROOTS";

    /// <summary>Those of the file that <see cref="Variable"/> names; null where it names none that can be read.</summary>
    public static X509Certificate2Collection? FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(path);
            return roots.Count > 0 ? roots : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }
}
