using System.Collections.Frozen;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Texts;

namespace MailDashboard.Web.Shared;

/// <summary>What was seen, as a card shows it: verbatim.</summary>
/// <param name="Href">Where the value leads, for the addresses that our own lists state; never for what a server said.</param>
public sealed record EvidenceView(string Label, string Value, string? Source, string? Href = null);

/// <summary>A finding in its reader's language, wherever it comes from: an audit that just ran, or the database.</summary>
public sealed record FindingView(
    string Code,
    Severity Severity,
    string Title,
    string Explanation,
    IReadOnlyList<EvidenceView> Evidence,
    IReadOnlyList<string> Remedy,
    ProposedRecord? Proposal,
    string Reference,
    string FamilyName,
    string Subject)
{
    /// <summary>Evidence that programs read: ids, and what the severity says already.</summary>
    private static readonly FrozenSet<string> ForPrograms = FrozenSet.Create("listId", "watched", "weight");

    public DateTimeOffset? FirstSeenAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Its subject could not be looked at since then; the finding stands.</summary>
    public DateTimeOffset? UndeterminedSince { get; init; }

    /// <summary>Where the questions and conversations that it rests on are shown; null where none are kept.</summary>
    public string? TranscriptHref { get; init; }

    /// <summary>Writes a finding in a language.</summary>
    public static FindingView Of(FamilyDescriptor family, Finding finding, string domain, CultureInfo culture)
    {
        var text = FindingTexts.Render(family, finding, domain, culture);
        return new FindingView(
            finding.Code,
            finding.Severity,
            text.Title,
            text.Explanation,
            [.. FindingTexts.EvidenceFor(finding, culture).Where(e => !ForPrograms.Contains(e.Label)).Select(e => View(family, e, culture))],
            text.Remedy,
            finding.Proposal,
            finding.Definition.Reference,
            FindingTexts.Name(family, culture),
            finding.Subject.ToString());
    }

    private static EvidenceView View(FamilyDescriptor family, Evidence evidence, CultureInfo culture) =>
        new(FindingTexts.Label(family, evidence, culture), evidence.Value, evidence.Source, evidence.Label == "removal" ? Link(evidence.Value) : null);

    private static string? Link(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri.AbsoluteUri : null;
}
