using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>
/// The state as text. Reading tolerates what another version wrote: an unknown member is ignored, and a part that cannot be read is asked
/// for again; the others stay.
/// </summary>
internal static class WizardJson
{
    /// <summary>Counts changes of the form that need more than tolerance.</summary>
    public const int Format = 1;

    private const string FormatKey = "format";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static string Write(WizardState state)
    {
        var json = JsonSerializer.SerializeToNode(state, Options)!.AsObject();
        json[FormatKey] = Format;
        return json.ToJsonString(Options);
    }

    public static WizardState Read(string text)
    {
        JsonObject json;
        try
        {
            json = JsonNode.Parse(text) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return WizardState.Empty;
        }

        return new WizardState
        {
            Domain = Part<DomainPart>(json, nameof(WizardState.Domain)),
            Advice = Part<AdvicePart>(json, nameof(WizardState.Advice)),
            Provider = Part<ProviderPart>(json, nameof(WizardState.Provider)),
            Profile = Part<ProfilePart>(json, nameof(WizardState.Profile)),
            Typed = Part<TypedProfile>(json, nameof(WizardState.Typed)),
            Records = Part<RecordsPart>(json, nameof(WizardState.Records)),
            Certificate = Part<CertificatePart>(json, nameof(WizardState.Certificate)),
            Limits = Part<LimitsPart>(json, nameof(WizardState.Limits)),
            Logging = Part<LoggingPart>(json, nameof(WizardState.Logging)),
            Message = Part<MessagePart>(json, nameof(WizardState.Message)),
            Passed = Steps(json, nameof(WizardState.Passed)),
            Skipped = Steps(json, nameof(WizardState.Skipped)),
        };
    }

    private static T? Part<T>(JsonObject json, string name)
        where T : class
    {
        try
        {
            return json[JsonNamingPolicy.CamelCase.ConvertName(name)].Deserialize<T>(Options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>One that this version does not know is not passed.</summary>
    private static ImmutableHashSet<WizardStep> Steps(JsonObject json, string name) =>
        json[JsonNamingPolicy.CamelCase.ConvertName(name)] is JsonArray steps
            ? [.. Enum.GetValues<WizardStep>().Where(step => steps.Any(s => s?.ToString() == step.ToString()))]
            : [];
}
