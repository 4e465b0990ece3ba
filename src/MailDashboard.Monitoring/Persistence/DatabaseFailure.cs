using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>What people can do something about.</summary>
public enum DatabaseFault
{
    /// <summary>It does not answer, or refuses for another reason.</summary>
    Away,

    /// <summary>Its disk is full.</summary>
    Full,

    /// <summary>It may be read only.</summary>
    ReadOnly,
}

/// <summary>Tells a database that went away, or refused, from a mistake of ours.</summary>
public static class DatabaseFailure
{
    // SQLite's primary result codes.
    private const int SqliteReadOnly = 8;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    /// <summary>
    /// Whether the database is to blame. Npgsql's provider hides a lost connection in an <see cref="InvalidOperationException"/>:
    /// looking for <see cref="DbException"/> alone would miss the most usual case.
    /// </summary>
    public static bool Is(Exception? e) => e switch
    {
        DbException or DbUpdateException or RetryLimitExceededException => true,
        InvalidOperationException { InnerException: DbException or TimeoutException } => true,
        AggregateException many => many.InnerExceptions.Any(Is),
        _ => false,
    };

    /// <summary>Whether it may pass by itself: a server that went away comes back, a full disk does not.</summary>
    public static bool MayPass(Exception? e) => e is TimeoutException or DbException { IsTransient: true } || (e?.InnerException is { } inner && MayPass(inner));

    /// <summary>What is wrong, as far as the database says.</summary>
    public static DatabaseFault FaultOf(Exception? e) => e switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull } => DatabaseFault.Full,
        SqliteException { SqliteErrorCode: SqliteReadOnly or SqliteCannotOpen } or PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => DatabaseFault.ReadOnly,
        { InnerException: { } inner } => FaultOf(inner),
        _ => DatabaseFault.Away,
    };
}
