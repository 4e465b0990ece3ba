using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>The two databases we run on.</summary>
public enum DatabaseKind
{
    /// <summary>A file in the data folder; one process.</summary>
    Sqlite,

    /// <summary>Production; any number of processes.</summary>
    Postgres,
}

/// <summary>Which database, and how a context reaches it.</summary>
public sealed record DatabaseChoice(DatabaseKind Kind, string ConnectionString)
{
    /// <summary>The connection string that chooses PostgreSQL.</summary>
    public const string ConnectionName = "MailDashboard";

    /// <summary>Name of the SQLite file in the data folder.</summary>
    public const string FileName = "maildashboard.db";

    public static DatabaseChoice Of(IConfiguration configuration, DataFolder folder) =>
        configuration.GetConnectionString(ConnectionName) is { Length: > 0 } postgres
            ? new DatabaseChoice(DatabaseKind.Postgres, postgres)
            : Sqlite(folder.File(FileName));

    public static DatabaseChoice Sqlite(string file) => new(DatabaseKind.Sqlite, $"Data Source={file};Foreign Keys=True;Default Timeout=30");

    /// <summary>A context outside the app, for <c>dotnet ef</c>. Identity reads its schema version from the services: without them the passkeys would be missing.</summary>
    public DashboardContext CreateForTools()
    {
        var services = new ServiceCollection().Configure<IdentityOptions>(PersistenceRegistration.UsePasskeys).BuildServiceProvider();
        var options = new DbContextOptionsBuilder<DashboardContext>().UseApplicationServiceProvider(services);
        Configure(options);
        return new DashboardContext((DbContextOptions<DashboardContext>)options.Options);
    }

    /// <summary>A time as a parameter of raw SQL, which no converter sees.</summary>
    internal object Time(DateTimeOffset at) => Kind == DatabaseKind.Postgres
        ? UtcConverter.Whole(at)
        : (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>For the start-up line: where the data is, without a password.</summary>
    public string Describe() => Kind == DatabaseKind.Sqlite
        ? new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(ConnectionString).DataSource
        : new Npgsql.NpgsqlConnectionStringBuilder(ConnectionString) is var pg ? $"PostgreSQL {pg.Host}:{pg.Port}/{pg.Database}" : "";

    /// <summary>The same in the app, in the design-time factories and in tests: a difference would be a migration nobody asked for.</summary>
    public void Configure(DbContextOptionsBuilder options)
    {
        if (Kind == DatabaseKind.Sqlite)
        {
            options.UseSqlite(ConnectionString, o => o.MigrationsAssembly("MailDashboard.Migrations.Sqlite"));
            options.AddInterceptors(SqlitePragmas.Instance);
        }
        else
        {
            options.UseNpgsql(ConnectionString, o => o.MigrationsAssembly("MailDashboard.Migrations.Postgres"));
        }

        options.UseSnakeCaseNamingConvention();

        // Every failure reaches the one who asked, and is handled or logged there; EF would tell it a second time, as an error.
        options.ConfigureWarnings(w => w.Log(
            (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug),
            (CoreEventId.QueryIterationFailed, LogLevel.Debug)));
    }
}
