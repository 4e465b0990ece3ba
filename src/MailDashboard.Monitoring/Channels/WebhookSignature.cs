using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailDashboard.Monitoring.Channels;

/// <summary>Proves to a receiver that a webhook is ours, and when it was sent.</summary>
public static class WebhookSignature
{
    public const string TimestampHeader = "X-MailDashboard-Timestamp";

    public const string SignatureHeader = "X-MailDashboard-Signature";

    public const string DeliveryHeader = "X-MailDashboard-Delivery";

    /// <summary>HMAC-SHA256 of <c>timestamp.body</c>, in UTF-8.</summary>
    public static string Of(string key, long timestamp, string body)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{timestamp}.{body}");
        return "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed)));
    }

    /// <summary>A key that nobody guesses.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
