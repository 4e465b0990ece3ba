using System.Globalization;
using System.Text;
using MailDashboard.Checks.Compliance;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Catalogue;

namespace MailDashboard.Monitoring.Reports;

/// <summary>A row for every domain, for spreadsheets, as those of the language read it by a double click. Nothing in it is computed by one. Pure.</summary>
public static class ReportCsv
{
    private static readonly string[] Columns = ["Domain", "Tags", "Score", "Grade", "Before", "Change", "Worst", "Severity", "ListingDays"];

    /// <summary>Without it spreadsheets read UTF-8 as something else.</summary>
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);

    public static byte[] Write(IReadOnlyList<ReportRow> rows, CultureInfo culture)
    {
        var (texts, severities) = (new ReportTexts(culture), new MailTexts(culture));
        var providers = ComplianceCatalogue.Shipped.Providers;
        var csv = new StringBuilder();
        var separator = culture.NumberFormat.NumberDecimalSeparator == "," ? ';' : ',';
        Line(csv, separator,
        [
            .. Columns.Select(c => texts[$"Csv.{c}"]),
            .. providers.Select(p => p.Name),
        ]);
        foreach (var row in rows)
        {
            Line(csv, separator,
            [
                Cell(row.DisplayName),
                Cell(string.Join(", ", row.Tags)),
                Number(row.Score, culture),
                row.Grade ?? "",
                Number(row.Before, culture),
                Number(row.Change, culture),
                Cell(row.Worst is { } worst ? FindingCatalogue.Text(worst.Code, worst.Subject, worst.Evidence, row.DisplayName, culture)?.Title ?? worst.Code : ""),
                row.Worst is { } found ? severities[$"Severity.{found.Severity}"] : "",
                row.ListingDays.ToString(CultureInfo.InvariantCulture),
                .. providers.Select(p => row.Providers.TryGetValue(p.Id, out var status) ? texts[$"Status.{status}"] : ""),
            ]);
        }

        return [.. WithMark.GetPreamble(), .. WithMark.GetBytes(csv.ToString())];
    }

    /// <summary>What strangers wrote: a spreadsheet shows it and computes nothing, and a cell stays a cell of one line.</summary>
    internal static string Cell(string text)
    {
        var line = text.ReplaceLineEndings(" ").Replace('\0', ' ');
        return (text.Length > 0 && IsCommand(text[0])) || (line.TrimStart() is [var first, ..] && IsCommand(first)) ? $"'{line}" : line;
    }

    private static bool IsCommand(char c) => c is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';

    private static string Number(double? value, CultureInfo culture) => value?.ToString("0.#", culture) ?? "";

    private static void Line(StringBuilder csv, char separator, IEnumerable<string> cells) =>
        csv.AppendJoin(separator, cells.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");
}
