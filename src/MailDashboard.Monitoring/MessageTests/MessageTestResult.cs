using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MailDashboard.Mail.Messages;

namespace MailDashboard.Monitoring.MessageTests;

/// <summary>What is kept of a judged message.</summary>
/// <param name="Verdict">The judgement.</param>
/// <param name="Preview">Its HTML without anything that acts or loads, for a sandboxed frame; null where there is none.</param>
/// <param name="Header">As received. Hostile text, capped.</param>
/// <param name="Source">As received, from the beginning. Hostile text, capped.</param>
/// <param name="Size">Octets of the whole message.</param>
public sealed record MessageTestResult(MessageVerdict Verdict, string? Preview, string Header, string Source, long Size)
{
    /// <summary>Octets of the source that are kept.</summary>
    public const int LongestSource = 256 * 1024;

    /// <summary>Not all of the source is kept.</summary>
    [JsonIgnore]
    public bool IsCut => Size > LongestSource;

    internal static MessageTestResult Of(MessageVerdict verdict, string? preview, ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> message) => new(
        verdict, preview, Encoding.UTF8.GetString(header.Span), Encoding.UTF8.GetString(message.Span[..Math.Min(message.Length, LongestSource)]), message.Length);

    internal static string Write(MessageTestResult result) => JsonSerializer.Serialize(result, MessageTestJson.Default.MessageTestResult);

    internal static MessageTestResult? Read(string? json) => json is null ? null : JsonSerializer.Deserialize(json, MessageTestJson.Default.MessageTestResult);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(MessageTestResult))]
internal sealed partial class MessageTestJson : JsonSerializerContext;
