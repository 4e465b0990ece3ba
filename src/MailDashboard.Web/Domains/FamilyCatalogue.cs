using System.Collections.Frozen;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Texts;
using MailDashboard.Monitoring.Desired;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Watching;

namespace MailDashboard.Web.Domains;

/// <summary>Finds the family and definition behind a stored id or code; a newer or older program may have written others.</summary>
internal static class FamilyCatalogue
{
    /// <summary>Families that run, and those whose findings follow from what is remembered.</summary>
    private static readonly FamilyDescriptor[] All = [.. CheckFamilies.All.Select(f => f.Descriptor), ChangeFindings.Descriptor, DriftFindings.Descriptor];

    private static readonly FrozenDictionary<string, FamilyDescriptor> ById = All.ToFrozenDictionary(f => f.Id);

    private static readonly FrozenDictionary<string, (FamilyDescriptor Family, FindingDefinition Definition)> ByCode =
        All.SelectMany(f => f.Findings.Select(d => (f, d))).ToFrozenDictionary(x => x.d.Code, x => x);

    public static FamilyDescriptor? Family(string id) => ById.GetValueOrDefault(id);

    public static FindingDefinition? Definition(string code) => ByCode.GetValueOrDefault(code).Definition;

    /// <summary>Everything that can be said, by code.</summary>
    public static IEnumerable<string> Codes => ByCode.Keys.Order(StringComparer.Ordinal);

    /// <summary>What a code means in the reader's language; null where it is not ours.</summary>
    public static FindingText? Describe(string code) =>
        ByCode.TryGetValue(code, out var found) ? FindingTexts.Describe(found.Family, found.Definition, CultureInfo.CurrentUICulture) : null;

    /// <summary>The family that a code belongs to; null where it is not ours.</summary>
    public static FamilyDescriptor? FamilyOf(string code) => ByCode.GetValueOrDefault(code).Family;

    /// <summary>The family's place on a page.</summary>
    public static int Order(string id)
    {
        var place = Array.FindIndex(All, f => f.Id == id);
        return place < 0 ? int.MaxValue : place;
    }

    public static string Name(string id) => Family(id) is { } family ? FindingTexts.Name(family, CultureInfo.CurrentUICulture) : id;

    /// <summary>The sentence of a reason; its key where the family is not ours.</summary>
    public static string Sentence(string familyId, Reason reason) =>
        Family(familyId) is { } family ? FindingTexts.Render(family, reason, CultureInfo.CurrentUICulture) : reason.Key;

    /// <summary>The texts of a stored finding in the reader's language; null where its code is not ours.</summary>
    public static FindingText? Text(string code, Subject subject, System.Collections.Immutable.ImmutableArray<Evidence> evidence, string domain) =>
        ByCode.TryGetValue(code, out var found)
            ? FindingTexts.Render(found.Family, new Finding(found.Definition, subject, evidence), domain, CultureInfo.CurrentUICulture)
            : null;

    public static FindingText? Text(StoredFinding finding, string domain) => Text(finding.Code, finding.Subject, finding.Evidence, domain);

    public static string Label(string familyId, Evidence evidence) =>
        Family(familyId) is { } family ? FindingTexts.Label(family, evidence, CultureInfo.CurrentUICulture) : evidence.Label;

    public static string Label(string familyId, Fact fact) =>
        Family(familyId) is { } family ? FindingTexts.Label(family, fact, CultureInfo.CurrentUICulture) : fact.Key;
}
