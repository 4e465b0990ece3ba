using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace MailDashboard.Mail.Replies;

/// <summary>The data behind the decoder: what standards and providers mean by their codes. Embedded; read once.</summary>
internal sealed class ReplyCatalogue
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<ReplyCatalogue> Loaded = new(() => new ReplyCatalogue());

    private ReplyCatalogue()
    {
        var providers = Read<ProviderFile>("providers.json");
        var registry = Read<RegistryFile>("registry.json");
        (Providers, Entries) = (providers.Providers, providers.Entries);
        Advice = Read<Dictionary<string, ReplyAdvice>>("advice.json").ToFrozenDictionary();
        (Enhanced, Subjects, Replies, Classes) = (ByCode(registry.Enhanced), ByCode(registry.Subjects), ByCode(registry.Replies), ByCode(registry.Classes));
    }

    public static ReplyCatalogue Default => Loaded.Value;

    public ImmutableArray<ReplyProvider> Providers { get; }

    public ImmutableArray<ReplyEntry> Entries { get; }

    public FrozenDictionary<string, ReplyAdvice> Advice { get; }

    /// <summary>The IANA registry of enhanced status codes (RFC 5248), by subject and detail.</summary>
    public FrozenDictionary<string, ReplyMeaning> Enhanced { get; }

    public FrozenDictionary<string, ReplyMeaning> Subjects { get; }

    public FrozenDictionary<string, ReplyMeaning> Replies { get; }

    public FrozenDictionary<string, ReplyMeaning> Classes { get; }

    /// <summary>What the standards say: the code itself, its subject, the reply code, its class.</summary>
    public ReplyMeaning? Standard(FoundReply reply)
    {
        var subject = reply.Enhanced?.Subject.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var code = reply.Code?.ToString(System.Globalization.CultureInfo.InvariantCulture);

        // "Other or undefined" says less than the reply code does.
        return (reply.Enhanced is { } enhanced && (enhanced.Detail != 0 || code is null) ? Enhanced.GetValueOrDefault(enhanced.Number) : null)
            ?? (code is not null ? Replies.GetValueOrDefault(code) : null)
            ?? (subject is not null ? Subjects.GetValueOrDefault(subject) : null)
            ?? Classes.GetValueOrDefault(reply.Class.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static FrozenDictionary<string, ReplyMeaning> ByCode(ImmutableArray<ReplyMeaning> meanings) => meanings.ToFrozenDictionary(m => m.Code);

    private static T Read<T>(string name)
    {
        using var stream = typeof(ReplyCatalogue).Assembly.GetManifestResourceStream($"MailDashboard.Mail.Replies.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        return JsonSerializer.Deserialize<T>(stream, Options) ?? throw new InvalidOperationException($"The resource {name} is empty.");
    }

    private sealed record ProviderFile(ImmutableArray<ReplyProvider> Providers, ImmutableArray<ReplyEntry> Entries);

    private sealed record RegistryFile(ImmutableArray<ReplyMeaning> Enhanced, ImmutableArray<ReplyMeaning> Subjects, ImmutableArray<ReplyMeaning> Replies, ImmutableArray<ReplyMeaning> Classes);
}
