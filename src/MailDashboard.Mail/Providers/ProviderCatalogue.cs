using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailDashboard.Mail.Providers;

/// <summary>The providers that are known. Embedded; read once.</summary>
public static class ProviderCatalogue
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly Lazy<ImmutableArray<MailProvider>> Loaded = new(Read);

    /// <summary>Every provider, in the order of the list; a server of one's own is the last.</summary>
    public static ImmutableArray<MailProvider> All => Loaded.Value;

    /// <summary>The provider with this id; null where there is none.</summary>
    public static MailProvider? Find(string id) => All.FirstOrDefault(p => p.Id == id);

    private static ImmutableArray<MailProvider> Read()
    {
        const string Name = "MailDashboard.Mail.Providers.providers.json";
        using var stream = typeof(ProviderCatalogue).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"The resource {Name} is missing.");
        return JsonSerializer.Deserialize<ImmutableArray<MailProvider>>(stream, Options);
    }
}
