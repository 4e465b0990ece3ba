using System.Globalization;
using System.Text.Json.Serialization;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Scoring;
using MailDashboard.Checks.Texts;

namespace MailDashboard.Cli.Commands;

/// <summary>What <c>maildash check --json</c> prints. Texts are English: programs read them by code, and people by language elsewhere.</summary>
internal sealed record CheckJson(string Domain, CheckJsonScore? Score, IReadOnlyList<CheckJsonFamily> Families, int DnsQueries, long DurationMs)
{
    /// <summary>Everything that was asked and said; null leaves it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CheckJsonTranscript? Transcript { get; init; }

    /// <param name="report">What the audit found.</param>
    /// <param name="withTranscript">Adds the transcript, and to each finding what it rests on.</param>
    public static CheckJson From(AuditReport report, bool withTranscript)
    {
        var index = withTranscript ? TranscriptIndex.Of(report) : null;
        return new CheckJson(
            report.Domain,
            report.Score is { } score ? CheckJsonScore.From(score) : null,
            [.. report.Families.Select(f => CheckJsonFamily.From(f, report.Domain, index))],
            report.DnsQueries,
            (long)report.Elapsed.TotalMilliseconds)
        {
            Transcript = withTranscript ? CheckJsonTranscript.From(report.Transcript) : null,
        };
    }
}

/// <summary>A domain that could not be audited at all, as a line of <c>--input</c>.</summary>
internal sealed record CheckJsonError(string Domain, string Error);

/// <summary>The score: <c>value</c> out of <c>maximum</c>; in a category the points given out of those possible.</summary>
internal sealed record CheckJsonScore(
    double Value, double Maximum, string Grade, int TableVersion, IReadOnlyList<CheckJsonCategory> Categories, IReadOnlyList<string> Caps)
{
    public static CheckJsonScore From(Score score) => new(
        score.Value,
        100,
        score.Grade,
        score.TableVersion,
        [.. score.Categories.Where(c => c.Maximum > 0).Select(c => new CheckJsonCategory(c.Id, c.Subtests.Sum(s => s.Points), c.Maximum))],
        [.. score.Caps.Select(c => c.Id)]);
}

/// <summary>Points given and possible.</summary>
internal sealed record CheckJsonCategory(string Id, double Value, double Maximum);

/// <summary>One family.</summary>
internal sealed record CheckJsonFamily(
    string Id, string Outcome, string? Reason, IReadOnlyList<CheckJsonFinding> Findings, IReadOnlyList<CheckJsonUndetermined> Undetermined)
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static CheckJsonFamily From(FamilyReport report, string domain, TranscriptIndex? index)
    {
        var family = CheckFamilies.All.First(f => f.Descriptor.Id == report.Family).Descriptor;
        return new CheckJsonFamily(
            report.Family,
            CheckWords.Outcome(report.Outcome),
            CheckWords.Reason(report.Outcome) is { } reason ? FindingTexts.Render(family, reason, English) : null,
            [.. report.Outcome.Findings.OrderByDescending(f => f.Severity).Select(f => CheckJsonFinding.From(family, f, domain, index))],
            [.. report.Outcome.Undetermined.Select(u => new CheckJsonUndetermined(u.Subject.ToString(), FindingTexts.Render(family, u.Reason, English)))]);
    }
}

/// <summary>One finding.</summary>
internal sealed record CheckJsonFinding(
    string Code, string Subject, Severity Severity, string Title, string Remediation, string Reference,
    IReadOnlyList<CheckJsonEvidence> Evidence, ProposedRecord? Proposal)
{
    /// <summary>The entries of the document's transcript that it rests on; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TranscriptPointers? Transcript { get; init; }

    public static CheckJsonFinding From(FamilyDescriptor family, Finding finding, string domain, TranscriptIndex? index)
    {
        var text = FindingTexts.Render(family, finding, domain, CultureInfo.InvariantCulture);
        return new CheckJsonFinding(
            finding.Code,
            finding.Subject.ToString(),
            finding.Severity,
            text.Title,
            string.Join('\n', text.Remedy),
            finding.Definition.Reference,
            [.. FindingTexts.EvidenceFor(finding, CultureInfo.InvariantCulture).Select(e => new CheckJsonEvidence(e.Label, e.Value))],
            finding.Proposal)
        {
            Transcript = index?.Find(family.Id, finding),
        };
    }
}

/// <summary>What was seen.</summary>
internal sealed record CheckJsonEvidence(string Label, string Value);

/// <summary>What could not be judged.</summary>
internal sealed record CheckJsonUndetermined(string Subject, string Reason);
