using System.Collections.Immutable;
using System.Text.Json;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Blocklists;

/// <summary>Reads list data and says everything that is wrong with it at once.</summary>
internal static class BlocklistReader
{
    private const int MaximumLists = 500;
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16 };

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="shipped">Gives what an operator's file leaves out (providers, refusals), and the dead zones no file may revive.</param>
    public static BlocklistLoad Read(ReadOnlyMemory<byte> json, BlocklistCatalogue? shipped)
    {
        try
        {
            if (json.Span.StartsWith("\uFEFF"u8))
            {
                json = json[3..];
            }

            using var document = JsonDocument.Parse(json, Options);
            var fields = new JsonFields(document.RootElement, "the file", []);
            var catalogue = Read(fields, shipped);
            return fields.Problems.Count == 0 ? new BlocklistLoad(catalogue, []) : new BlocklistLoad(null, [.. fields.Problems]);
        }
        catch (JsonException e)
        {
            return new BlocklistLoad(null, [$"Not JSON: {e.Message}"]);
        }
        catch (InvalidOperationException e)
        {
            // A string with broken escapes (half a surrogate pair) is only found out when it is read.
            return new BlocklistLoad(null, [$"Not readable: {e.Message}"]);
        }
    }

    private static BlocklistCatalogue Read(JsonFields file, BlocklistCatalogue? shipped)
    {
        var refusals = file.Has("refusals")
            ? BlocklistEntryReader.Codes(file, "refusals")
            : shipped?.Refusals ?? [];
        ImmutableArray<string> never = [.. file.Strings("neverQuery").Select(z => z.ToLowerInvariant()), .. shipped?.NeverQuery ?? []];
        var entries = file.Objects("lists");
        if (entries.Count == 0)
        {
            file.Problem("lists", "there must be at least one list");
        }
        else if (entries.Count > MaximumLists)
        {
            file.Problem("lists", $"more than {MaximumLists} lists");
        }

        var lists = entries.Take(MaximumLists).Select(BlocklistEntryReader.List).ToImmutableArray();
        Check(file, lists, never);
        return new BlocklistCatalogue(lists)
        {
            Refusals = refusals,
            NeverQuery = never,
            Providers = file.Has("providers")
                ? [.. file.Objects("providers").Select(p => new MailProvider(p.Required("name"), [.. p.Strings("suffixes").Select(DnsNames.Normalize)]))]
                : shipped?.Providers ?? [],
            Manual = file.Has("manual")
                ? [.. file.Objects("manual").Select(p => new ManualLookup(p.Required("name"), p.Url("url") ?? ""))]
                : shipped?.Manual ?? [],
        };
    }

    private static void Check(JsonFields file, ImmutableArray<Blocklist> lists, ImmutableArray<string> never)
    {
        foreach (var twice in lists.GroupBy(l => l.Id, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            file.Problem("lists", $"two lists have the id \"{twice.Key}\"");
        }

        foreach (var twice in lists.GroupBy(l => l.Zone, StringComparer.OrdinalIgnoreCase).Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            file.Problem("lists", $"two lists have the zone \"{twice.Key}\"");
        }

        foreach (var dead in lists.Where(l => BlocklistCatalogue.IsDead(l.Zone, never)))
        {
            file.Problem(dead.Id, $"the zone \"{dead.Zone}\" is dead and must never be asked");
        }
    }
}
