using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Texts;

namespace MailDashboard.Web.Shared;

/// <summary>What was seen, as a card shows it: verbatim.</summary>
public sealed record EvidenceView(string Label, string Value, string? Source);

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
    public DateTimeOffset? FirstSeenAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Its subject could not be looked at since then; the finding stands.</summary>
    public DateTimeOffset? UndeterminedSince { get; init; }

    /// <summary>Writes a finding in a language.</summary>
    public static FindingView Of(FamilyDescriptor family, Finding finding, string domain, CultureInfo culture)
    {
        var text = FindingTexts.Render(family, finding, domain, culture);
        return new FindingView(
            finding.Code,
            finding.Severity,
            text.Title,
            text.Explanation,
            [.. FindingTexts.EvidenceFor(finding, culture).Select(e => new EvidenceView(FindingTexts.Label(family, e, culture), e.Value, e.Source))],
            text.Remedy,
            finding.Proposal,
            finding.Definition.Reference,
            FindingTexts.Name(family, culture),
            finding.Subject.ToString());
    }
}
