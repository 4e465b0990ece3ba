using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks.TagLists;

namespace MailDashboard.Checks.Dmarc;

/// <summary>A DMARC policy record (RFC 9989 §4.7 and §4.8). Tags follow <c>v</c> in any order; unknown ones are ignored.</summary>
/// <param name="Text">Verbatim.</param>
/// <param name="Tags">Its tags, names in lower case.</param>
/// <param name="Faults">Parts that fit no tag; receivers skip them.</param>
public sealed record DmarcRecord(string Text, ImmutableArray<Tag> Tags, ImmutableArray<TagFault> Faults)
{
    private static readonly ImmutableArray<string> Known =
        ["v", "p", "sp", "np", "adkim", "aspf", "fo", "rua", "ruf", "psd", "t", "pct", "rf", "ri"];

    /// <summary>The policy of <c>p</c>; null where it is absent or not one of the three.</summary>
    public DmarcPolicy? Policy => DmarcPolicies.Read(this["p"]);

    /// <summary>The policy of <c>sp</c>, for existing subdomains.</summary>
    public DmarcPolicy? SubdomainPolicy => DmarcPolicies.Read(this["sp"]);

    /// <summary>The policy of <c>np</c>, for subdomains that do not exist.</summary>
    public DmarcPolicy? NonexistentPolicy => DmarcPolicies.Read(this["np"]);

    /// <summary>Where aggregate reports go.</summary>
    public ImmutableArray<DmarcUri> AggregateDestinations { get; } = DmarcUri.ParseList(Value(Tags, "rua"));

    /// <summary>Where failure reports go.</summary>
    public ImmutableArray<DmarcUri> FailureDestinations { get; } = DmarcUri.ParseList(Value(Tags, "ruf"));

    /// <summary><c>t=y</c>: the policy is being tested, one level less is applied.</summary>
    public bool IsTesting => Is("t", "y");

    /// <summary><c>psd</c>: <c>y</c> a public suffix, <c>n</c> an organizational domain, else <c>u</c>, found by the walk.</summary>
    public char PublicSuffix => Is("psd", "y") ? 'y' : Is("psd", "n") ? 'n' : 'u';

    /// <summary><c>pct</c>, abolished by RFC 9989 and still read by older receivers; 100 where absent or unreadable.</summary>
    public int Percent => int.TryParse(this["pct"], NumberStyles.None, CultureInfo.InvariantCulture, out var pct) ? Math.Min(pct, 100) : 100;

    /// <summary><c>rua</c> names something, usable or not.</summary>
    public bool NamesReports => !AggregateDestinations.IsEmpty;

    /// <summary>At least one usable destination of aggregate reports.</summary>
    public bool RequestsReports => AggregateDestinations.Any(u => u.IsValid);

    /// <summary><c>p</c>, <c>sp</c> and <c>np</c> that are there and none of the three keywords.</summary>
    public IEnumerable<Tag> InvalidPolicies => Tags.Where(t => t.Name is "p" or "sp" or "np" && DmarcPolicies.Read(t.Value) is null);

    /// <summary>
    /// What is left of the record where a policy is missing or invalid: with a destination of reports it counts as
    /// <c>p=none</c>, without one receivers do not process DMARC at all (RFC 9989 §4.10.1).
    /// </summary>
    public bool IsBroken => Policy is null || InvalidPolicies.Any();

    /// <summary>Receivers apply it, be it as <c>p=none</c>.</summary>
    public bool IsApplied => !IsBroken || RequestsReports;

    /// <summary>Tags that RFC 9989 abolished.</summary>
    public IEnumerable<Tag> RemovedTags => Tags.Where(t => t.Name is "pct" or "rf" or "ri");

    /// <summary>Tags that no standard knows.</summary>
    public IEnumerable<Tag> UnknownTags => Tags.Where(t => !Known.Contains(t.Name));

    /// <summary>Other tags with a value that they cannot have; receivers take the default.</summary>
    public IEnumerable<Tag> InvalidTags => Tags.Where(t => !HasValidValue(t));

    /// <summary>The value of a tag, null where it is absent.</summary>
    public string? this[string name] => Value(Tags, name);

    /// <summary>Reads a text; null where it is no DMARC record, which means that its first tag is not <c>v=DMARC1</c> exactly.</summary>
    public static DmarcRecord? Parse(string text)
    {
        if (!text.StartsWith('v') && !text.StartsWith('V'))
        {
            return null;
        }

        // Names are matched in any case, as RFC 7489's grammar had it; two that differ in case alone count once.
        var list = TagList.Parse(text);
        var tags = list.Tags.Select(t => t with { Name = t.Name.ToLowerInvariant() }).DistinctBy(t => t.Name).ToImmutableArray();
        return tags is [{ Name: "v", Value: "DMARC1" }, ..] ? new DmarcRecord(text, tags, list.Faults) : null;
    }

    /// <summary>The policy for a name.</summary>
    /// <param name="isOwn">The record is at the name itself, so <c>p</c> holds.</param>
    /// <param name="exists">The name exists in DNS; else <c>np</c> holds.</param>
    /// <returns>As requested, before <c>t=y</c> lowers it; null where receivers do not apply the record.</returns>
    public DmarcPolicy? RequestedFor(bool isOwn, bool exists)
    {
        if (IsBroken)
        {
            return RequestsReports ? DmarcPolicy.None : null;
        }

        return isOwn ? Policy : exists ? SubdomainPolicy ?? Policy : NonexistentPolicy ?? SubdomainPolicy ?? Policy;
    }

    private static string? Value(ImmutableArray<Tag> tags, string name) => tags.FirstOrDefault(t => t.Name == name).Value;

    private static bool HasValidValue(Tag tag) => tag.Name switch
    {
        "adkim" or "aspf" => tag.Value.ToLowerInvariant() is "r" or "s",
        "t" => tag.Value.ToLowerInvariant() is "y" or "n",
        "psd" => tag.Value.ToLowerInvariant() is "y" or "n" or "u",
        "fo" => tag.Value.Split(':').All(o => o.Trim().ToLowerInvariant() is "0" or "1" or "d" or "s"),
        _ => true,
    };

    private bool Is(string tag, string value) => string.Equals(this[tag], value, StringComparison.OrdinalIgnoreCase);
}
