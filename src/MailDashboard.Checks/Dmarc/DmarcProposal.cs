using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MailDashboard.Checks.TagLists;

namespace MailDashboard.Checks.Dmarc;

/// <summary>Writes the record that mends a fault and keeps everything else.</summary>
internal static partial class DmarcProposal
{
    private const int MaximumText = 2000;

    private static readonly ImmutableArray<string> Order = ["p", "sp", "np", "psd", "t", "adkim", "aspf", "fo", "rua", "ruf"];

    /// <summary>The first record of a domain: reports only while it sends, refusal where it does not.</summary>
    public static ProposedRecord First(string domain, bool sends) =>
        Of(domain, sends ? $"v=DMARC1; p=none; {ReportsTag(domain)}" : "v=DMARC1; p=reject");

    /// <summary>Asks for aggregate reports at the domain itself.</summary>
    public static string Reports(string domain) => $"mailto:dmarc-reports@{domain}";

    /// <summary>A text as it is, at the right name.</summary>
    public static ProposedRecord Of(string domain, string text) => new($"_dmarc.{domain}", "TXT", text);

    /// <summary>
    /// The record with some tags set (null removes), in the usual order. Abolished tags and invalid values are left out.
    /// </summary>
    public static ProposedRecord With(string domain, DmarcRecord record, params (string Tag, string? Value)[] changes)
    {
        var invalid = record.InvalidTags.Concat(record.InvalidPolicies).ToHashSet();
        var tags = record.Tags.Where(t => Order.Contains(t.Name) && !invalid.Contains(t)).ToDictionary(t => t.Name, t => t.Value);
        foreach (var uris in (ReadOnlySpan<string>)["rua", "ruf"])
        {
            Clean(tags, uris, uris == "rua" ? record.AggregateDestinations : record.FailureDestinations);
        }

        tags.TryAdd("p", "none");
        foreach (var (tag, value) in changes)
        {
            if (value is null)
            {
                tags.Remove(tag);
            }
            else
            {
                tags[tag] = value;
            }
        }

        return Of(domain, string.Join("; ", tags.OrderBy(t => Order.IndexOf(t.Key)).Select(t => $"{t.Key}={t.Value}").Prepend("v=DMARC1")));
    }

    /// <summary>
    /// The record with policies that can be read: a comma that was meant as a semicolon is one, and a slip of the pen is put right. What
    /// cannot be guessed becomes <c>none</c> while the domain sends. Reports are asked for in the same go.
    /// </summary>
    public static ProposedRecord WithReadablePolicy(string domain, DmarcRecord record, bool sends)
    {
        var parsed = record.Text.Length <= MaximumText ? DmarcRecord.Parse(Separator().Replace(record.Text, "; ")) ?? record : record;
        var changes = parsed.InvalidPolicies.Select(t => (Tag: t.Name, Value: Guess(t.Value))).ToList();
        if (changes.TrueForAll(c => c.Tag != "p") && parsed.Policy is null || changes.Exists(c => c is { Tag: "p", Value: null }))
        {
            changes.RemoveAll(c => c.Tag == "p");
            changes.Add(("p", sends ? DmarcPolicy.None.Keyword() : DmarcPolicy.Reject.Keyword()));
        }

        if (sends && !parsed.NamesReports)
        {
            changes.Add(("rua", Reports(domain)));
        }

        return With(domain, parsed, [.. changes]);
    }

    /// <summary>A record out of a text that was meant as one.</summary>
    public static ProposedRecord Repaired(string domain, string text, bool sends)
    {
        var clean = Version().Replace(text[..Math.Min(text.Length, MaximumText)].Replace("\\", "", StringComparison.Ordinal).Trim(' ', '\t', '"', '\''), ";");
        var tags = TagList.Parse(clean).Tags.Select(t => t with { Name = t.Name.ToLowerInvariant() }).Where(t => t.Name != "v").DistinctBy(t => t.Name);
        var record = DmarcRecord.Parse(string.Join("; ", tags.Select(t => $"{t.Name}={t.Value}").Prepend("v=DMARC1")));
        return record is { IsBroken: false } ? With(domain, record) : First(domain, sends);
    }

    private static string? Guess(string typed) => typed.TrimStart().ToLowerInvariant() switch
    {
        ['r', 'e', 'j', ..] or "discard" or "refuse" => DmarcPolicy.Reject.Keyword(),
        ['q', 'u', 'a', ..] => DmarcPolicy.Quarantine.Keyword(),
        _ => null,
    };

    private static string ReportsTag(string domain) => $"rua={Reports(domain)}";

    private static void Clean(Dictionary<string, string> tags, string name, ImmutableArray<DmarcUri> uris)
    {
        // The usual slip is an address without "mailto:" before it.
        var usable = uris.Select(u => u.Host is null ? DmarcUri.Parse($"mailto:{u.Text}") : u).Where(u => u.Host is not null).Select(u => u.Text).ToList();
        if (usable.Count == 0)
        {
            tags.Remove(name);
        }
        else
        {
            tags[name] = string.Join(',', usable);
        }
    }

    /// <summary>
    /// The version in any of its misspellings, where a part begins (an address may have the word in it): other case, a full stop or
    /// blanks behind it, no semicolon.
    /// </summary>
    [GeneratedRegex("""(?<=^|;)\s*(v\s*=?\s*)?["']?DMARC[ -]?1?[^A-Za-z0-9;=]*;?""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    /// <summary>A comma or blanks where a semicolon belongs: the next tag follows.</summary>
    [GeneratedRegex(@"\s*[,\s]\s*(?=(p|sp|np|rua|ruf|adkim|aspf|fo|pct|rf|ri|psd|t)\s*=)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}
