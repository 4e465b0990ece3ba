using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Checks.Compliance;

/// <summary>Reads the rules of providers and says everything that is wrong with them at once.</summary>
internal static partial class ComplianceReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16 };

    /// <summary>Reads a file's bytes (UTF-8); the catalogue is null where there are problems.</summary>
    public static (ComplianceCatalogue? Catalogue, ImmutableArray<string> Problems) Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            var file = new JsonFields(document.RootElement, "the file", []);
            var topics = file.Objects("topics").Select(Topic).ToList();
            Unique(file, "topics", topics.Select(t => t.Id));
            var byId = topics.GroupBy(t => t.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
            var providers = file.Objects("providers").Select(p => Provider(p, byId)).ToImmutableArray();
            Unique(file, "providers", providers.Select(p => p.Id));
            Unique(file, "requirements", providers.SelectMany(p => p.Requirements).Select(r => r.Id));
            foreach (var idle in byId.Keys.Except(providers.SelectMany(p => p.Requirements).Select(r => r.Topic.Id)))
            {
                file.Problem("topics", $"no provider asks for \"{idle}\"");
            }

            if (providers.IsEmpty)
            {
                file.Problem("providers", "there must be at least one");
            }

            var version = file.Number("version", 1);
            return file.Problems.Count == 0 ? (new ComplianceCatalogue(version, providers), []) : (null, [.. file.Problems]);
        }
        catch (JsonException e)
        {
            return (null, [$"Not JSON: {e.Message}"]);
        }
        catch (InvalidOperationException e)
        {
            // A string with broken escapes (half a surrogate pair) is only found out when it is read.
            return (null, [$"Not readable: {e.Message}"]);
        }
    }

    private static RequirementTopic Topic(JsonFields fields)
    {
        var signals = fields.Objects("signals").Select(Signal).ToImmutableArray();
        var combine = fields.Optional("combine");
        if (combine is not (null or "any" or "all"))
        {
            fields.Problem("combine", "must be any or all");
        }

        var topic = new RequirementTopic(fields.Required("id"), Sentence(fields, "title"), Sentence(fields, "help"), signals)
        {
            IsAnyEnough = combine == "any",
            IsPartial = fields.Flag("partial", otherwise: false),
            NeedsReceiving = fields.Flag("receives", otherwise: false),
            Lookup = fields.Has("lookup") ? Address(fields, "lookup") : null,
            Elsewhere = fields.Has("elsewhere") ? Sentence(fields, "elsewhere") : null,
        };
        if (topic.Elsewhere is null && (topic.IsPartial || signals.IsEmpty || signals.Any(s => !s.Lists.IsEmpty)))
        {
            fields.Problem("elsewhere", "is missing: something about it cannot be measured from here");
        }

        return topic;
    }

    private static ComplianceSignal Signal(JsonFields fields) => new(fields.Required("family"))
    {
        Subtest = fields.Optional("subtest"),
        NotMetLevels = [.. Optional(fields, "notMet")],
        AtRiskLevels = [.. Optional(fields, "atRisk")],
        Breaks = [.. Optional(fields, "breaks")],
        Risks = [.. Optional(fields, "risks")],
        Explains = [.. Optional(fields, "explains")],
        Lists = [.. Optional(fields, "lists")],
    };

    private static ComplianceProvider Provider(JsonFields fields, Dictionary<string, RequirementTopic> topics)
    {
        var requirements = fields.Objects("requirements").Select(r => Requirement(r, topics)).OfType<ProviderRequirement>().ToImmutableArray();
        if (requirements.IsEmpty)
        {
            fields.Problem("requirements", "there must be at least one");
        }

        return new ComplianceProvider(fields.Required("id"), fields.Required("name"), Address(fields, "page"), requirements)
        {
            Scope = fields.Has("scope") ? Sentence(fields, "scope") : null,
        };
    }

    private static ProviderRequirement? Requirement(JsonFields fields, Dictionary<string, RequirementTopic> topics)
    {
        var topic = topics.GetValueOrDefault(fields.Required("topic"));
        if (topic is null)
        {
            fields.Problem("topic", "is none of the topics");
            return null;
        }

        var kind = fields.Required("kind");
        if (kind is not ("must" or "should"))
        {
            fields.Problem("kind", "must be must or should");
        }

        var read = fields.Required("read");
        if (!Month().IsMatch(read))
        {
            fields.Problem("read", "must be a year and a month such as 2026-11");
        }

        return new ProviderRequirement(fields.Required("id"), topic, kind == "must", Address(fields, "source"), read, fields.Flag("verified", otherwise: false))
        {
            From = fields.Has("from") ? fields.Number("from", 1) : 0,
            IsForBulk = fields.Flag("bulk", otherwise: false),
            Note = fields.Has("note") ? Sentence(fields, "note") : null,
        };
    }

    private static LocalText Sentence(JsonFields fields, string field)
    {
        if (fields.Object(field) is { } both)
        {
            return new LocalText(both.Required("en"), both.Required("fr"));
        }

        fields.Problem(field, "must be a text in both languages");
        return new LocalText("", "");
    }

    private static string Address(JsonFields fields, string field)
    {
        var url = fields.Required(field);
        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps))
        {
            fields.Problem(field, "must be an https address");
        }

        return url;
    }

    private static IReadOnlyList<string> Optional(JsonFields fields, string field) => fields.Has(field) ? fields.Strings(field) : [];

    private static void Unique(JsonFields file, string field, IEnumerable<string> ids)
    {
        foreach (var twice in ids.GroupBy(i => i, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            file.Problem(field, $"the id \"{twice.Key}\" is there twice");
        }
    }

    [GeneratedRegex(@"^20[0-9]{2}-(0[1-9]|1[0-2])$", RegexOptions.CultureInvariant)]
    private static partial Regex Month();
}
