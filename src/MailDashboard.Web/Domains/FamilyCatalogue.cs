using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Texts;
using MailDashboard.Monitoring.Catalogue;
using MailDashboard.Monitoring.Domains;

namespace MailDashboard.Web.Domains;

/// <summary>What stored ids and codes mean, in the language of the reader of a page.</summary>
internal static class FamilyCatalogue
{
    public static FamilyDescriptor? Family(string id) => FindingCatalogue.Family(id);

    public static FindingDefinition? Definition(string code) => FindingCatalogue.Definition(code);

    /// <summary>Everything that can be said, by code.</summary>
    public static IEnumerable<string> Codes => FindingCatalogue.Codes;

    /// <summary>What a code means in the reader's language; null where it is not ours.</summary>
    public static FindingText? Describe(string code) => FindingCatalogue.Describe(code, CultureInfo.CurrentUICulture);

    /// <summary>The family that a code belongs to; null where it is not ours.</summary>
    public static FamilyDescriptor? FamilyOf(string code) => FindingCatalogue.FamilyOf(code);

    /// <summary>The family's place on a page.</summary>
    public static int Order(string id)
    {
        var place = FindingCatalogue.Families.IndexOf(FindingCatalogue.Family(id)!);
        return place < 0 ? int.MaxValue : place;
    }

    public static string Name(string id) => FindingCatalogue.Name(id, CultureInfo.CurrentUICulture);

    /// <summary>The sentence of a reason; its key where the family is not ours.</summary>
    public static string Sentence(string familyId, Reason reason) =>
        Family(familyId) is { } family ? FindingTexts.Render(family, reason, CultureInfo.CurrentUICulture) : reason.Key;

    /// <summary>The texts of a stored finding in the reader's language; null where its code is not ours.</summary>
    public static FindingText? Text(string code, Subject subject, ImmutableArray<Evidence> evidence, string domain) =>
        FindingCatalogue.Text(code, subject, evidence, domain, CultureInfo.CurrentUICulture);

    public static FindingText? Text(StoredFinding finding, string domain) => Text(finding.Code, finding.Subject, finding.Evidence, domain);

    public static string Label(string familyId, Evidence evidence) =>
        Family(familyId) is { } family ? FindingTexts.Label(family, evidence, CultureInfo.CurrentUICulture) : evidence.Label;

    public static string Label(string familyId, Fact fact) =>
        Family(familyId) is { } family ? FindingTexts.Label(family, fact, CultureInfo.CurrentUICulture) : fact.Key;
}
