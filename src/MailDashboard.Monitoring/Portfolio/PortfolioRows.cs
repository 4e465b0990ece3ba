using System.Globalization;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Writes rows of days so that a second time, or a second process, changes nothing.</summary>
internal static class PortfolioRows
{
    private const int Batch = 250;
    private const int Columns = 9;

    /// <summary>One transaction: a tag that was filled in by half would never be filled in again.</summary>
    public static Task<int> UpsertAsync(DatabaseWriter writer, IReadOnlyList<PortfolioDay> rows, CancellationToken cancellationToken) =>
        rows.Count == 0 ? Task.FromResult(0) : writer.WriteAsync(
            async (db, token) =>
            {
                foreach (var batch in rows.Chunk(Batch))
                {
                    await db.Database.ExecuteSqlRawAsync(Sql(batch.Length), batch.SelectMany(Values), token);
                }

                return rows.Count;
            },
            cancellationToken);

    private static string Sql(int rows) =>
        $"""
        INSERT INTO portfolio_days (day, tag, domain_count, scored_count, score_sum, table_version, grades_json, listed_count, problem_count)
        VALUES {string.Join(", ", Enumerable.Range(0, rows).Select(r => $"({string.Join(", ", Enumerable.Range(r * Columns, Columns).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{{i}}}")))})"))}
        ON CONFLICT (tag, day) DO UPDATE SET domain_count = excluded.domain_count, scored_count = excluded.scored_count, score_sum = excluded.score_sum,
            table_version = excluded.table_version, grades_json = excluded.grades_json, listed_count = excluded.listed_count, problem_count = excluded.problem_count
        """;

    private static object[] Values(PortfolioDay row) =>
        [row.Day, row.Tag, row.DomainCount, row.ScoredCount, row.ScoreSum, row.TableVersion, row.GradesJson, row.ListedCount, row.ProblemCount];
}
