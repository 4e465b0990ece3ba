using System.Collections.Immutable;

namespace MailDashboard.Mail.Providers;

/// <summary>A provider that a domain sends through, with what the user copied from its console.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Entries">By the key of the field, as typed.</param>
public sealed record ChosenProvider(MailProvider Provider, ImmutableDictionary<string, string> Entries)
{
    /// <summary>A provider for which nothing was entered yet.</summary>
    public ChosenProvider(MailProvider provider)
        : this(provider, ImmutableDictionary<string, string>.Empty)
    {
    }

    /// <summary>What holds for a field: the entry where it can be used, else the default; null where there is neither.</summary>
    public string? Value(string key) => Provider.Fields.FirstOrDefault(f => f.Key == key) is { } field
        ? Entries.TryGetValue(key, out var typed) && !string.IsNullOrWhiteSpace(typed) ? field.Read(typed) : field.Default
        : null;

    /// <summary>Fills one of the provider's templates for a domain.</summary>
    public FilledTemplate Fill(string template, string domain) =>
        ProviderTemplate.Fill(template, key => key == ProviderTemplate.Domain ? domain : Value(key));

    /// <summary>Fields that must be filled and are not, or hold what cannot be used.</summary>
    public ImmutableArray<ProviderField> Missing =>
    [
        .. Provider.Fields.Where(f => Value(f.Key) is null && (!f.IsOptional || (Entries.TryGetValue(f.Key, out var typed) && !string.IsNullOrWhiteSpace(typed)))),
    ];
}
