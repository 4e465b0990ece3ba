using System.Collections.Immutable;
using System.Text.Json;
using MailDashboard.Mail.Sending;
using MimeKit;

namespace MailDashboard.Monitoring.Placement;

/// <summary>A field that a provider wrote about a message.</summary>
/// <param name="Name">Of the field.</param>
/// <param name="Value">One line, capped. Hostile text.</param>
public sealed record ProviderField(string Name, string Value);

/// <summary>What a provider wrote about a message: who sent it, and whether it is spam.</summary>
public static class PlacementHeaders
{
    private const int MostFields = 20;
    private const int LongestValue = 1000;

    private static readonly string[] _fields =
        ["Authentication-Results", "Received-SPF", "ARC-Authentication-Results", "X-MS-Exchange-Organization-SCL", "X-Forefront-Antispam-Report", "X-Microsoft-Antispam", "X-YMailISG", "X-Proofpoint-Spam-Details", "X-CLX-Spam"];

    private static readonly string[] _beginnings = ["X-Spam", "X-Rspamd-", "X-Gm-", "X-Apple-", "X-Yahoo", "X-me-spam"];

    /// <summary>Reads them out of a header, in its order.</summary>
    public static ImmutableArray<ProviderField> Read(ReadOnlyMemory<byte> header)
    {
        try
        {
            using var stream = new MemoryStream(header.ToArray(), writable: false);
            return [.. HeaderList.Load(stream).Where(h => IsProviders(h.Field)).Take(MostFields).Select(h => new ProviderField(h.Field, OutgoingMime.OneLine(h.Value, LongestValue)))];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    internal static string Write(ImmutableArray<ProviderField> fields) => JsonSerializer.Serialize(fields);

    internal static ImmutableArray<ProviderField> Read(string? json) => json is null ? [] : JsonSerializer.Deserialize<ImmutableArray<ProviderField>>(json);

    private static bool IsProviders(string field) =>
        _fields.Contains(field, StringComparer.OrdinalIgnoreCase) || _beginnings.Any(b => field.StartsWith(b, StringComparison.OrdinalIgnoreCase));
}
