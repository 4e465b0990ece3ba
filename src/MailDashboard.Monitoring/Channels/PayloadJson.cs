using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace MailDashboard.Monitoring.Channels;

/// <summary>How payloads are written: every language as it is, which keeps them within their limits; what HTML reads is escaped.</summary>
internal static class PayloadJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(JsonNode node) => node.ToJsonString(Options);

    public static int Octets(JsonNode node) => Encoding.UTF8.GetByteCount(Write(node));

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
