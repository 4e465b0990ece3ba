using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>
/// What every SQLite connection needs. The write-ahead log lets pages read while an audit is recorded; a busy database is
/// waited for, never reported. <c>synchronous=NORMAL</c> is safe with it when a process is killed; after a power cut the
/// last moments may be missing, and are seen again at the next audit.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Text = "PRAGMA busy_timeout=30000; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;";

    public static SqlitePragmas Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Text;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Text;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
