using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>
/// Runs work in one transaction. SQLite has one writer: writers of this process queue here, fairly, in place of each
/// polling a locked file. On PostgreSQL a transaction that lost against another (deadlock, serialisation, the same new row)
/// is run again from the start.
/// </summary>
public sealed class DatabaseWriter(IDbContextFactory<DashboardContext> contexts, DatabaseChoice choice) : IDisposable
{
    private const int Attempts = 4;

    private readonly SemaphoreSlim? _gate = choice.Kind == DatabaseKind.Sqlite ? new SemaphoreSlim(1, 1) : null;

    /// <summary>Runs the work and commits, unless it throws. The work may run again: it must not touch anything but the context.</summary>
    public async Task<T> WriteAsync<T>(Func<DashboardContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        if (_gate is not null)
        {
            await _gate.WaitAsync(cancellationToken);
        }

        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await OnceAsync(work, cancellationToken);
                }
                catch (Exception e) when (attempt < Attempts && IsLostRace(e))
                {
                    // The other one has finished: what it wrote is there to be read now.
                }
            }
        }
        finally
        {
            _gate?.Release();
        }
    }

    public Task WriteAsync(Func<DashboardContext, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(
            async (db, token) =>
            {
                await work(db, token);
                return true;
            },
            cancellationToken);

    public void Dispose() => _gate?.Dispose();

    private async Task<T> OnceAsync<T>(Func<DashboardContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var result = await work(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private static bool IsLostRace(Exception e) => e switch
    {
        DbUpdateConcurrencyException => true,
        DbUpdateException { InnerException: { } inner } => IsLostRace(inner),
        PostgresException p => p.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation,
        // 5 busy, 6 locked, 19/2067 a unique row that a page wrote meanwhile.
        SqliteException s => s.SqliteErrorCode is 5 or 6 || s.SqliteExtendedErrorCode == 2067,
        _ => false,
    };
}
