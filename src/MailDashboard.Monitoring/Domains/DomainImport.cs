using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Domains;

/// <summary>What became of one line of an import.</summary>
public enum ImportResult
{
    Added,
    Duplicate,

    /// <summary>The same name stood further up in what was pasted.</summary>
    Repeated,

    BadName,
    BadField,
}

/// <summary>The report of one line.</summary>
/// <param name="Line">From 1, as the person sees it.</param>
/// <param name="Text">What stood there, cut to 200 characters.</param>
public sealed record ImportLine(
    int Line,
    string Text,
    ImportResult Result,
    DomainNameProblem? Problem = null,
    string? Suggestion = null,
    IReadOnlyList<DraftProblem>? Fields = null);

/// <summary>A line of an import, read.</summary>
public sealed record ImportRow(int Line, string Text, string Name, DomainDraft Draft)
{
    /// <summary>Cells that could not even be read.</summary>
    public IReadOnlyList<DraftProblem> Problems { get; init; } = [];
}

/// <summary>Adds many domains at once; a wrong line never stops the others, and is reported with its number.</summary>
public sealed class DomainImport(DatabaseWriter writer, ChangeFeed feed, TimeProvider time)
{
    /// <summary>More lines than this are refused as a whole, before anything is stored.</summary>
    public const int MostLines = 50_000;

    private const int BatchSize = 500;

    public async Task<IReadOnlyList<ImportLine>> AddAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        var report = new List<ImportLine>(rows.Count);
        var fresh = new List<(ImportRow Row, DomainName Name, DomainDraft Draft)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!DomainName.TryParse(row.Name, out var name, out var problem, out var suggestion))
            {
                report.Add(Line(row, ImportResult.BadName) with { Problem = problem, Suggestion = suggestion });
                continue;
            }

            var (draft, problems) = DomainDraftValidation.Normalise(row.Draft);
            if (problems.Count + row.Problems.Count > 0)
            {
                report.Add(Line(row, ImportResult.BadField) with { Fields = [.. row.Problems, .. problems] });
            }
            else if (!seen.Add(name.Ascii))
            {
                report.Add(Line(row, ImportResult.Repeated));
            }
            else
            {
                fresh.Add((row, name, draft));
            }
        }

        foreach (var batch in fresh.Chunk(BatchSize))
        {
            report.AddRange(await AddBatchAsync(batch, cancellationToken));
        }

        feed.Publish(new DashboardChange(null));
        return [.. report.OrderBy(l => l.Line)];
    }

    private async Task<IReadOnlyList<ImportLine>> AddBatchAsync((ImportRow Row, DomainName Name, DomainDraft Draft)[] batch, CancellationToken cancellationToken)
    {
        var names = batch.Select(b => b.Name.Ascii).ToList();
        var now = time.GetUtcNow();

        // Where somebody else adds one of them in the same moment the writer runs this again, and finds it there.
        var there = await writer.WriteAsync(
            async (db, ct) =>
            {
                var found = (await db.Domains.Where(d => names.Contains(d.Name)).Select(d => d.Name).ToListAsync(ct)).ToHashSet();
                db.Domains.AddRange(batch.Where(b => !found.Contains(b.Name.Ascii)).Select(b => DomainDirectory.Create(b.Name, b.Draft, now)));
                return found;
            },
            cancellationToken);
        return [.. batch.Select(b => Line(b.Row, there.Contains(b.Name.Ascii) ? ImportResult.Duplicate : ImportResult.Added))];
    }

    private static ImportLine Line(ImportRow row, ImportResult result) =>
        new(row.Line, row.Text.Length <= 200 ? row.Text : row.Text[..199] + "…", result);
}
