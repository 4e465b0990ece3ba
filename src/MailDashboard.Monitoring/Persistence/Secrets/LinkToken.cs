using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MailDashboard.Monitoring.Persistence.Secrets;

/// <summary>The token in a link that needs no account: known to its holder only, and kept as its hash.</summary>
internal static class LinkToken
{
    public const int LeastDays = 1;
    public const int MostDays = 90;
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>An index is asked for it: how long that looks says nothing of the token.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>When a link ends that is to work for so many days, cut to 1–90.</summary>
    public static DateTimeOffset EndsAt(DateTimeOffset now, int days) => now.AddDays(Math.Clamp(days, LeastDays, MostDays));
}
