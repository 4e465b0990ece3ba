using System.Globalization;
using System.Text;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Scoring;
using MailDashboard.Checks.Texts;
using MailDashboard.Cli.Output;

namespace MailDashboard.Cli.Commands;

/// <summary>What <c>maildash check</c> prints for people: the answer first, then each finding, worst first.</summary>
internal sealed class CheckPlain(Paint paint)
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;
    private readonly StringBuilder _text = new();

    public static string Render(AuditReport report, Paint paint) => new CheckPlain(paint).Render(report);

    private string Render(AuditReport report)
    {
        var findings = report.Families
            .SelectMany(f => f.Outcome.Findings.Select(x => (Family: DescriptorOf(f), Finding: x)))
            .OrderByDescending(f => f.Finding.Severity).ToList();
        Line($"{paint.Strong(report.Domain)}: {Sentence(report, findings.Count(f => f.Finding.Severity >= Severity.Error), findings.Count)}");
        if (report.Score is { } score)
        {
            Score(score);
        }

        foreach (var (family, finding) in findings)
        {
            Finding(family, finding, report.Domain);
        }

        Families(report);
        Line(paint.Faint($"{report.DnsQueries} DNS questions, {report.Elapsed.TotalSeconds.ToString("0.0", English)} s"));
        return _text.ToString().TrimEnd();
    }

    private static string Sentence(AuditReport report, int bad, int all) =>
        all == 0 && report.Families.Any(f => f.Outcome is CheckOutcome.Inconclusive) ? "nothing found, and not everything could be determined"
        : all == 0 ? "nothing to mend" : bad == 0 ? $"{Count(all, "finding")}, none of them an error" : $"{Count(bad, "error")} among {Count(all, "finding")}";

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private void Score(Score score)
    {
        var categories = score.Categories.Where(c => c.Maximum > 0)
            .Select(c => $"{FindingTexts.Shared($"Category.{c.Id}", English)} {c.Value.ToString("0", English)}");
        Line($"score {score.Value.ToString("0.#", English)} of 100 ({score.Grade}): {string.Join(", ", categories)}");
        foreach (var cap in score.Caps)
        {
            Line($"  {FindingTexts.Shared($"Cap.{cap.Id}", English)}");
        }

        foreach (var move in score.BestMoves)
        {
            Line($"  +{move.Gain.ToString("0.#", English)}  {FindingTexts.Shared($"Subtest.{move.Subtest}", English)}");
        }
    }

    private void Finding(FamilyDescriptor family, Finding finding, string domain)
    {
        var text = FindingTexts.Render(family, finding, domain, English);
        Line("");
        Line($"{paint.Severity(finding.Severity)}  {paint.Strong(CliText.Clean(text.Title))}  {paint.Faint($"{finding.Code}, {finding.Definition.Reference}")}");
        Line($"  about  {CliText.Clean(finding.Subject.ToString())}");
        foreach (var evidence in FindingTexts.EvidenceFor(finding, English))
        {
            var source = evidence.Source is { Length: > 0 } server ? paint.Faint($"  (from {CliText.Clean(server)})") : "";
            Line($"  seen   {FindingTexts.Label(family, evidence, English)}: {CliText.Clean(evidence.Value)}{source}");
        }

        for (var step = 0; step < text.Remedy.Count; step++)
        {
            Line($"  {(step == 0 ? "do  " : "    ")}   {step + 1}. {CliText.Clean(text.Remedy[step])}");
        }

        if (finding.Proposal is { } record)
        {
            Line($"  record {CliText.Clean(record.Name)} {record.Type} {CliText.Clean(record.Value)}");
        }
    }

    private void Families(AuditReport report)
    {
        Line("");
        foreach (var report1 in report.Families)
        {
            var family = DescriptorOf(report1);
            var reason = CheckWords.Reason(report1.Outcome) is { } why ? $": {CliText.Clean(FindingTexts.Render(family, why, English))}" : "";
            var word = report1.Outcome switch
            {
                CheckOutcome.Completed => paint.Good("completed"),
                CheckOutcome.NotApplicable => paint.Faint("not applicable"),
                _ => paint.Unknown("inconclusive"),
            };
            Line($"{family.Id}: {word}{reason}");
            foreach (var undetermined in report1.Outcome.Undetermined)
            {
                Line($"  {paint.Unknown("could not tell")}  {CliText.Clean(undetermined.Subject.ToString())}: {CliText.Clean(FindingTexts.Render(family, undetermined.Reason, English))}");
            }
        }
    }

    private static FamilyDescriptor DescriptorOf(FamilyReport report) => CheckFamilies.All.First(f => f.Descriptor.Id == report.Family).Descriptor;

    private void Line(string text) => _text.Append(text).Append('\n');
}
