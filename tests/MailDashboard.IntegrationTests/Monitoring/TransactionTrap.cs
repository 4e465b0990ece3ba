using System.Globalization;
using MailDashboard.IntegrationTests.Servers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>
/// Holds whoever inserts a row into a table in the midst of the transaction, so that the process can be killed there for certain. On
/// PostgreSQL a trigger waits for a lock that the trap has; on SQLite it counts for hours, with the write lock of the file in its hand.
/// </summary>
public sealed class TransactionTrap : IAsyncDisposable
{
    private const long Lock = 20_261_127;

    private readonly MailDashboard.Monitoring.Persistence.DashboardContext _db;
    private readonly string _table;
    private bool _isOpen;

    private TransactionTrap(MailDashboard.Monitoring.Persistence.DashboardContext db, string table) => (_db, _table) = (db, table);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TransactionTrap> SetAsync(TestDashboard dashboard, string table)
    {
        var trap = new TransactionTrap(await dashboard.OpenAsync(), table);
        await trap._db.Database.OpenConnectionAsync(Token);
        await trap.RunAsync(trap._db.Database.IsNpgsql()
            ? $"""
              SELECT pg_advisory_lock({Lock});
              CREATE FUNCTION trap() RETURNS trigger AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared({Lock}); RETURN NEW; END $$ LANGUAGE plpgsql;
              CREATE TRIGGER trap BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION trap();
              """
            : $"""
              CREATE VIEW trap_hours AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000) SELECT i FROM n;
              CREATE TRIGGER trap BEFORE INSERT ON {table} BEGIN SELECT count(*) FROM trap_hours; END;
              """);
        return trap;
    }

    /// <summary>Waits until somebody is held.</summary>
    public Task CaughtAsync() => Eventually.TrueAsync($"a transaction is held at {_table}", _ => _db.Database.IsNpgsql() ? WaitsForLockAsync() : HasFileAsync(), cancellationToken: Token);

    /// <summary>Takes the trap away. Who was held and is dead has left nothing.</summary>
    public async Task OpenAsync()
    {
        _isOpen = true;
        await RunAsync(_db.Database.IsNpgsql()
            ? $"SELECT pg_advisory_unlock({Lock}); DROP TRIGGER trap ON {_table}; DROP FUNCTION trap();"
            : "DROP TRIGGER trap; DROP VIEW trap_hours;");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isOpen)
        {
            await OpenAsync();
        }

        await _db.DisposeAsync();
    }

    private Task<bool> WaitsForLockAsync() => _db.Database.SqlQueryRaw<bool>(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = {Lock} AND NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS "Value"
        """)).SingleAsync(Token);

    /// <summary>Nobody else holds the file for seconds on end.</summary>
    private async Task<bool> HasFileAsync()
    {
        await using var connection = new SqliteConnection($"{_db.Database.GetConnectionString()};Pooling=False;Default Timeout=2");
        await connection.OpenAsync(Token);
        try
        {
            await using var transaction = connection.BeginTransaction(deferred: false);
            return false;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == 5)
        {
            return true;
        }
    }

    private Task<int> RunAsync(string sql) => _db.Database.ExecuteSqlRawAsync(sql, Token);
}
