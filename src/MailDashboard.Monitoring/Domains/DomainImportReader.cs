using System.Globalization;
using Microsoft.VisualBasic.FileIO;

namespace MailDashboard.Monitoring.Domains;

/// <summary>
/// Reads what people paste or upload: one domain a line, or CSV (comma, semicolon or tab) whose first line may name the
/// columns <c>domain, tags, selectors, addresses, hosts, clients, volume, strict</c>. Several values in a cell are separated by spaces, or by
/// whichever of comma and semicolon does not separate the cells.
/// </summary>
public static class DomainImportReader
{
    private static readonly char[] Separators = [';', '\t', ','];

    private static readonly string[] Columns = ["domain", "tags", "selectors", "addresses", "hosts", "clients", "volume", "strict"];

    /// <summary>The lines with something on them; never throws.</summary>
    public static IReadOnlyList<ImportRow> Read(string text)
    {
        var rows = new List<ImportRow>();
        string[]? header = null;
        char? separator = null;
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim('\r', ' ', '\t', '\uFEFF');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            separator ??= Separators.Where(line.Contains).Select(c => (char?)c).FirstOrDefault();
            var cells = separator is { } s ? Cells(line, s) : [line];
            if (rows.Count == 0 && header is null && Columns.Contains(cells[0].Trim().ToLowerInvariant()))
            {
                header = [.. cells.Select(c => c.Trim().ToLowerInvariant())];
                continue;
            }

            rows.Add(Row(number, line, cells, header ?? Columns));
        }

        return rows;
    }

    private static ImportRow Row(int number, string line, string[] cells, string[] columns)
    {
        string Cell(string column)
        {
            var i = Array.IndexOf(columns, column);
            return i >= 0 && i < cells.Length ? cells[i].Trim() : "";
        }

        string[] Many(string column) => Cell(column).Split([' ', '|', ';', ','], StringSplitOptions.RemoveEmptyEntries);

        var problems = new List<DraftProblem>();
        return new ImportRow(number, line, Cell("domain"), new DomainDraft
        {
            Tags = Many("tags"),
            Selectors = Many("selectors"),
            SendingAddresses = Many("addresses"),
            OwnHosts = Many("hosts"),
            ClientHosts = Many("clients"),
            DailyVolume = Volume(Cell("volume"), problems),
            IsStrict = IsStrict(Cell("strict"), problems),
        })
        {
            Problems = problems,
        };
    }

    private static int? Volume(string cell, List<DraftProblem> problems)
    {
        if (cell.Length == 0)
        {
            return null;
        }

        if (int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var volume))
        {
            return volume;
        }

        problems.Add(new DraftProblem(nameof(DomainDraft.DailyVolume), "BadVolume", cell));
        return null;
    }

    private static bool IsStrict(string cell, List<DraftProblem> problems)
    {
        switch (cell.ToLowerInvariant())
        {
            case "yes" or "true" or "1" or "x" or "oui":
                return true;
            case "" or "no" or "false" or "0" or "non":
                return false;
            default:
                problems.Add(new DraftProblem(nameof(DomainDraft.IsStrict), "BadStrict", cell));
                return false;
        }
    }

    /// <summary>One line at a time, so that a quote left open spoils its own line and no other.</summary>
    private static string[] Cells(string line, char separator)
    {
        using var text = new StringReader(line);
        using var parser = new TextFieldParser(text) { Delimiters = [separator.ToString()], HasFieldsEnclosedInQuotes = true };
        try
        {
            return parser.ReadFields() ?? [line];
        }
        catch (MalformedLineException)
        {
            return [line];
        }
    }
}
