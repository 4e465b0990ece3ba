using MailDashboard.Monitoring.Persistence.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>Brings the database to this program's migrations and opens its key ring; one process at a time.</summary>
internal sealed class DatabaseUpgrade(IDbContextFactory<DashboardContext> contexts, DatabaseChoice choice, DataFolder folder, KeyRing ring, TimeProvider time)
{
    // Any number will do as long as every version uses the same.
    private const long AdvisoryLock = 0x6d61_696c_6461_7368;

    /// <summary>One attempt.</summary>
    /// <param name="upgrading">Told when there is something to apply.</param>
    /// <returns>Ready or refused.</returns>
    /// <exception cref="Exception">The database does not answer: try again.</exception>
    public async Task<DatabaseState> RunAsync(Action<DatabaseState.Upgrading> upgrading, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await EnsureDatabaseAsync(db, cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await LockAsync(db, cancellationToken);
        try
        {
            return await MigrateAsync(db, upgrading, cancellationToken);
        }
        finally
        {
            // Closing the session also ends it; a pooled connection does not close.
            if (choice.Kind == DatabaseKind.Postgres)
            {
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({AdvisoryLock})", CancellationToken.None);
            }
        }
    }

    private async Task<DatabaseState> MigrateAsync(DashboardContext db, Action<DatabaseState.Upgrading> upgrading, CancellationToken cancellationToken)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var newer = applied.Where(m => !known.Contains(m)).ToList();
        if (newer.Count > 0)
        {
            return new DatabaseState.Refused(
                $"This database was upgraded by a newer version of Mail Dashboard (it has {newer[^1]}, which this version does not know). "
                + "Start that version again, or restore the backup that was made before the upgrade.");
        }

        var missing = known.Except(applied).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            upgrading(new DatabaseState.Upgrading(missing));
            await ReleaseDeadLockAsync(db, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }

        await NotificationDefaults.EnsureAsync(db, time.GetUtcNow(), cancellationToken);
        try
        {
            await ring.OpenAsync(cancellationToken);
        }
        catch (MasterKeyException e)
        {
            return new DatabaseState.Refused(e.Message);
        }

        return new DatabaseState.Ready();
    }

    private async Task EnsureDatabaseAsync(DashboardContext db, CancellationToken cancellationToken)
    {
        if (choice.Kind == DatabaseKind.Sqlite)
        {
            folder.Create();
        }

        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken))
        {
            await creator.CreateAsync(cancellationToken);
        }
    }

    private async Task LockAsync(DashboardContext db, CancellationToken cancellationToken)
    {
        if (choice.Kind == DatabaseKind.Postgres)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({AdvisoryLock})", cancellationToken);
        }
        else
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
            RestrictToOwner(folder.File(DatabaseChoice.FileName));
        }
    }

    /// <summary>EF's own lock on SQLite is a row that a killed process leaves behind, for ever; our process lock makes removing it safe.</summary>
    private async Task ReleaseDeadLockAsync(DashboardContext db, CancellationToken cancellationToken)
    {
        if (choice.Kind == DatabaseKind.Sqlite)
        {
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        }
    }

    private static void RestrictToOwner(string file)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(file))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
