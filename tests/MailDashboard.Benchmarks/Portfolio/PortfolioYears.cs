using System.Globalization;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Compliance;
using MailDashboard.Checks.Scoring;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Benchmarks.Portfolio;

/// <summary>Two years of plausible history. The rows are made by the database itself: a million of them would take long to send.</summary>
internal sealed class PortfolioYears(IDbContextFactory<DashboardContext> contexts, int count, DateTimeOffset now)
{
    public const int Days = 730;
    private const int Versions = 100;
    private const int FindingsOpen = 8;
    private const int FindingsResolved = 40;
    private const int Listings = 3000;
    private const int Tags = 20;

    public async Task FillAsync()
    {
        await DomainsAsync();
        await using var db = await contexts.CreateDbContextAsync();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await RunAsync(db, Scores(db));
        await RunAsync(db, $"UPDATE domains SET score = (SELECT value FROM score_versions s WHERE s.domain_id = domains.id ORDER BY at DESC LIMIT 1), grade = (SELECT grade FROM score_versions s WHERE s.domain_id = domains.id ORDER BY at DESC LIMIT 1)");
        await RunAsync(db, Findings(db, FindingsOpen, isOpen: true));
        await RunAsync(db, Findings(db, FindingsResolved, isOpen: false));
        await RunAsync(db, Alerts(db));
        await RunAsync(db, "INSERT INTO alert_domains (alert_id, domain_id) SELECT a.id, d.id FROM alerts a JOIN domains d ON (d.id + a.id * 37) % 2500 = 0");
        await RunAsync(db, Compliance());
        await RunAsync(db, "INSERT INTO family_states (domain_id, family, outcome, undetermined_json, facts_json, last_run_at, elapsed_milliseconds) SELECT d.id, f.family, CASE WHEN d.id % 50 = 0 THEN 'inconclusive' ELSE 'completed' END, '[]', '[]', d.created_at, 5 FROM domains d CROSS JOIN (SELECT 'dmarc' AS family UNION ALL SELECT 'spf' UNION ALL SELECT 'mx' UNION ALL SELECT 'dkim' UNION ALL SELECT 'starttls' UNION ALL SELECT 'blocklists') f");
        await RunAsync(db, db.Database.IsNpgsql() ? "VACUUM ANALYZE" : "ANALYZE");
    }

    private static async Task RunAsync(DashboardContext db, string sql)
    {
        // Raw on purpose: nothing here comes from outside, and braces of JSON are no placeholders.
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    private async Task DomainsAsync()
    {
        foreach (var chunk in Enumerable.Range(0, count).Chunk(1000))
        {
            await using var db = await contexts.CreateDbContextAsync();
            db.Domains.AddRange(chunk.Select(i => new MailDomain
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"d{i:00000}.bench.example"),
                DisplayName = string.Create(CultureInfo.InvariantCulture, $"d{i:00000}.bench.example"),
                CreatedAt = now.AddDays(-Days),
                FirstAuditAt = now.AddDays(-Days),
                LastAuditAt = now.AddMinutes(-i % 60),
                NextDueAt = now.AddDays(1),
                CriticalCount = i % 200 == 0 ? 1 : 0,
                ErrorCount = i % 3,
                WarningCount = i % 7,
                ListingCount = i % 300 == 0 ? 1 : 0,
                UndeterminedCount = i % 50 == 49 ? 6 : 0,
                WorstSeverity = i % 200 == 0 ? Severity.Critical : i % 3 > 0 ? Severity.Error : Severity.Warning,
                Tags = [.. new[] { i % Tags, i % (Tags - 3) }.Distinct().Select(t => new DomainTag { Tag = string.Create(CultureInfo.InvariantCulture, $"tag-{t:00}") })],
            }));
            await db.SaveChangesAsync();
        }
    }

    /// <summary>A walk with a slow rise; three fifths of the way the score table changes.</summary>
    private string Scores(DashboardContext db)
    {
        var details = Details();
        var detail = string.Join(' ', details.Select((d, i) => $"WHEN {i} THEN '{d}'"));
        return
            $"""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Versions - 1}),
            v AS (SELECT d.id AS domain_id, n.i AS i, 35 + d.id % 45 + n.i * 0.12 + (d.id * 31 + n.i * 17) % 80 / 10.0 AS value FROM domains d CROSS JOIN n)
            INSERT INTO score_versions (domain_id, at, value, maximum, grade, table_version, detail_json)
            SELECT domain_id, {At(db, $"({Versions} - i) * {Days} * 86400.0 / {Versions} - domain_id % 80000")}, value, 120,
                CASE WHEN value >= 90 THEN 'A' WHEN value >= 75 THEN 'B' WHEN value >= 60 THEN 'C' WHEN value >= 40 THEN 'D' ELSE 'E' END,
                CASE WHEN i < {Versions * 3 / 5} THEN {ScoreTable.Version - 1} ELSE {ScoreTable.Version} END, CASE (domain_id + i) % {details.Count} {detail} END
            FROM v ORDER BY i, domain_id
            """;
    }

    /// <summary>Scores as they are stored, of ten different standings.</summary>
    private static List<string> Details() =>
    [
        .. Enumerable.Range(0, 10).Select(i => StoredJson.Write(Scorer.Compute(
            [.. ScoreTable.Rows.Select((row, r) => new SubtestGrade(row.Subtest, row.Levels[(r * 7 + i * 3) % 10 < 6 ? 0 : ^1].Level))],
            [],
            MailRoles.Both,
            DateTimeOffset.UnixEpoch)!)),
    ];

    private string Findings(DashboardContext db, int each, bool isOpen)
    {
        var seconds = isOpen ? "(n.i * 37 + d.id) % 60 * 86400" : $"86400 * 3 + (n.i * {Days / FindingsResolved} + d.id % 17) * 86400.0";
        return
            $"""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {each - 1})
            INSERT INTO findings (domain_id, family, code, subject_key, severity, evidence_json, first_seen_at, last_seen_at, resolved_at)
            SELECT d.id, CASE n.i % 4 WHEN 0 THEN 'spf' WHEN 1 THEN 'dmarc' WHEN 2 THEN 'starttls' ELSE 'mx' END,
                CASE (n.i + d.id) % 8 WHEN 0 THEN 'SPF014' WHEN 1 THEN 'DMARC007' WHEN 2 THEN 'STL010' WHEN 3 THEN 'MX006' WHEN 4 THEN 'SPF007' WHEN 5 THEN 'DMARC016' WHEN 6 THEN 'STL017' ELSE 'MX008' END,
                'Host:mx' || n.i || '.' || d.name, CASE WHEN n.i = 0 AND d.critical_count > 0 THEN 4 ELSE n.i % 4 END,
                '[' || '{string.Join("','", Enumerable.Repeat("{\"label\":\"answer\",\"value\":\"v=spf1 include:_spf.example.net ~all\",\"source\":\"192.0.2.53\"}", 3)).Replace("','", ",", StringComparison.Ordinal)}' || ']',
                {At(db, seconds)}, {At(db, "3600")}, {(isOpen ? "NULL" : At(db, $"{seconds} - 86400 * 2"))}
            FROM domains d CROSS JOIN n
            """;
    }

    private string Alerts(DashboardContext db)
    {
        var begin = $"n.i * {Days} * 86400.0 / {Listings}";
        return
            $"""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Listings - 1})
            INSERT INTO alerts (family, code, subject_key, scope, status, seen_in_row, gone_in_row, is_momentary, severity, evidence_json, first_seen_at, last_seen_at, opened_at, resolved_at, from_first_audit)
            SELECT 'blocklists', 'BLK001', 'Listing:198.18.' || (n.i / 250) || '.' || (n.i % 250) || '|bl' || (n.i % 5) || '.example.test', '', CASE WHEN n.i < 30 THEN 'Open' ELSE 'Resolved' END, 2, 0, {(db.Database.IsNpgsql() ? "false" : "0")}, 3 + n.i % 2, '[]',
                {At(db, begin)}, {At(db, begin)}, {At(db, begin)}, CASE WHEN n.i < 30 THEN NULL ELSE {At(db, $"{begin} - 86400 * (1 + n.i % 5)")} END, {(db.Database.IsNpgsql() ? "false" : "0")}
            FROM n
            """;
    }

    private static string Compliance()
    {
        var providers = string.Join(" UNION ALL ", ComplianceCatalogue.Shipped.Providers.Select((p, i) => $"SELECT '{p.Id}' AS id, {i} AS i"));
        return
            $"""
            INSERT INTO compliance_states (domain_id, provider, status, rules_version)
            SELECT d.id, p.id, CASE (d.id + p.i) % 10 WHEN 0 THEN 'NotMet' WHEN 1 THEN 'AtRisk' WHEN 2 THEN 'AtRisk' WHEN 3 THEN 'Undetermined' WHEN 4 THEN 'NotMeasurable' ELSE 'Met' END, {ComplianceCatalogue.Shipped.Version}
            FROM domains d CROSS JOIN ({providers}) p
            """;
    }

    /// <summary>A moment so many seconds ago; the two databases keep times differently.</summary>
    private string At(DashboardContext db, string seconds) => db.Database.IsNpgsql()
        ? $"(timestamptz '{now.UtcDateTime:yyyy-MM-dd HH:mm:ss}+00' - ({seconds}) * interval '1 second')"
        : string.Create(CultureInfo.InvariantCulture, $"CAST({now.ToUnixTimeMilliseconds() * 1000} - ({seconds}) * 1000000 AS INTEGER)");
}
