using System.Collections.Frozen;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Texts;
using MailDashboard.Monitoring.Domains;

namespace MailDashboard.Web.Domains;

/// <summary>Finds the family and definition behind a stored id or code; a newer or older program may have written others.</summary>
internal static class FamilyCatalogue
{
    private static readonly FrozenDictionary<string, FamilyDescriptor> ById =
        CheckFamilies.All.ToFrozenDictionary(f => f.Descriptor.Id, f => f.Descriptor);

    private static readonly FrozenDictionary<string, (FamilyDescriptor Family, FindingDefinition Definition)> ByCode =
        CheckFamilies.All.SelectMany(f => f.Descriptor.Findings.Select(d => (f.Descriptor, d))).ToFrozenDictionary(x => x.d.Code, x => x);

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
        for (var i = 0; i < CheckFamilies.All.Length; i++)
        {
            if (CheckFamilies.All[i].Descriptor.Id == id)
            {
                return i;
            }
        }

        return int.MaxValue;
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
