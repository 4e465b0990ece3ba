using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>Tells a database that went away, or refused, from a mistake of ours.</summary>
public static class DatabaseFailure
{
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
}
