using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Scoring;

namespace MailDashboard.Monitoring.Recording;

/// <summary>The one place that knows how outcomes are written into columns, and reads them back for the pages.</summary>
public static class StoredJson
{
    /// <summary>A transcript that grew past this was written by a fault or an attack; it is not opened.</summary>
    private const int LargestTranscript = 16 * 1024 * 1024;

    public static string Write(ImmutableArray<Evidence> evidence) => JsonSerializer.Serialize(evidence, StoredJsonContext.Default.ImmutableArrayEvidence);

    public static ImmutableArray<Evidence> ReadEvidence(string json) => JsonSerializer.Deserialize(json, StoredJsonContext.Default.ImmutableArrayEvidence);

    public static string? Write(ProposedRecord? proposal) => proposal is null ? null : JsonSerializer.Serialize(proposal, StoredJsonContext.Default.ProposedRecord);

    public static ProposedRecord? ReadProposal(string? json) => json is null ? null : JsonSerializer.Deserialize(json, StoredJsonContext.Default.ProposedRecord);

    public static string? Write(Reason? reason) => reason is null ? null : JsonSerializer.Serialize(reason, StoredJsonContext.Default.Reason);

    public static Reason? ReadReason(string? json) => json is null ? null : JsonSerializer.Deserialize(json, StoredJsonContext.Default.Reason);

    public static string Write(ImmutableArray<Undetermined> undetermined) => JsonSerializer.Serialize(undetermined, StoredJsonContext.Default.ImmutableArrayUndetermined);

    public static ImmutableArray<Undetermined> ReadUndetermined(string json) => JsonSerializer.Deserialize(json, StoredJsonContext.Default.ImmutableArrayUndetermined);

    public static string Write(ImmutableArray<Fact> facts) => JsonSerializer.Serialize(facts, StoredJsonContext.Default.ImmutableArrayFact);

    public static ImmutableArray<Fact> ReadFacts(string json) => JsonSerializer.Deserialize(json, StoredJsonContext.Default.ImmutableArrayFact);

    public static string Write(ImmutableArray<string> values) => JsonSerializer.Serialize(values, StoredJsonContext.Default.ImmutableArrayString);

    public static ImmutableArray<string> ReadValues(string json) => JsonSerializer.Deserialize(json, StoredJsonContext.Default.ImmutableArrayString);

    public static string Write(Score score) => JsonSerializer.Serialize(score, StoredJsonContext.Default.Score);

    public static Score? ReadScore(string? json) => json is null ? null : JsonSerializer.Deserialize(json, StoredJsonContext.Default.Score);

    /// <summary>Compressed: a transcript is mostly the same words again and again.</summary>
    public static byte[] Compress(AuditTranscript transcript) => Compress(StoredTranscript.Of(transcript));

    /// <summary>The same of what was put together already.</summary>
    public static byte[] Compress(StoredTranscript transcript)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, transcript, StoredJsonContext.Default.StoredTranscript);
        }

        return buffer.ToArray();
    }

    /// <summary>Null where it is too large to be one of ours.</summary>
    public static StoredTranscript? Decompress(byte[] content)
    {
        using var brotli = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = brotli.Read(chunk)) > 0)
        {
            plain.Write(chunk, 0, read);
            if (plain.Length > LargestTranscript)
            {
                return null;
            }
        }

        plain.Position = 0;
        return JsonSerializer.Deserialize(plain, StoredJsonContext.Default.StoredTranscript);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ImmutableArray<Evidence>))]
[JsonSerializable(typeof(ProposedRecord))]
[JsonSerializable(typeof(Reason))]
[JsonSerializable(typeof(ImmutableArray<Undetermined>))]
[JsonSerializable(typeof(ImmutableArray<Fact>))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(Score))]
[JsonSerializable(typeof(StoredTranscript))]
internal sealed partial class StoredJsonContext : JsonSerializerContext;
