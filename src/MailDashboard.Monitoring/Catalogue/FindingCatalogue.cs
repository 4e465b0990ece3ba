using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Texts;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Desired;
using MailDashboard.Monitoring.Watching;

namespace MailDashboard.Monitoring.Catalogue;

/// <summary>Finds the family and definition behind a stored id or code; a newer or older program may have written others.</summary>
public static class FindingCatalogue
{
    /// <summary>Families that run, and those whose findings follow from what is remembered, in the order of pages.</summary>
    public static ImmutableArray<FamilyDescriptor> Families { get; } =
        [.. CheckFamilies.All.Select(f => f.Descriptor), ChangeFindings.Descriptor, DriftFindings.Descriptor, OwnFindings.Descriptor];

    private static readonly FrozenDictionary<string, FamilyDescriptor> ById = Families.ToFrozenDictionary(f => f.Id);

    private static readonly FrozenDictionary<string, (FamilyDescriptor Family, FindingDefinition Definition)> ByCode =
        Families.SelectMany(f => f.Findings.Select(d => (f, d))).ToFrozenDictionary(x => x.d.Code, x => x);

    /// <summary>Everything that can be said, by code.</summary>
    public static IEnumerable<string> Codes => ByCode.Keys.Order(StringComparer.Ordinal);

    public static FamilyDescriptor? Family(string id) => ById.GetValueOrDefault(id);

    public static FindingDefinition? Definition(string code) => ByCode.GetValueOrDefault(code).Definition;

    /// <summary>The family that a code belongs to; null where it is not ours.</summary>
    public static FamilyDescriptor? FamilyOf(string code) => ByCode.GetValueOrDefault(code).Family;

    /// <summary>The texts of a stored finding; null where its code is not ours.</summary>
    public static FindingText? Text(string code, Subject subject, ImmutableArray<Evidence> evidence, string domain, CultureInfo culture) =>
        ByCode.TryGetValue(code, out var found) ? FindingTexts.Render(found.Family, new Finding(found.Definition, subject, evidence), domain, culture) : null;

    /// <summary>What a code means, without a case at hand; null where it is not ours.</summary>
    public static FindingText? Describe(string code, CultureInfo culture) =>
        ByCode.TryGetValue(code, out var found) ? FindingTexts.Describe(found.Family, found.Definition, culture) : null;

    /// <summary>The name of a family; its id where it is not ours.</summary>
    public static string Name(string id, CultureInfo culture) => Family(id) is { } family ? FindingTexts.Name(family, culture) : id;
}
