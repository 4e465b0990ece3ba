using System.Globalization;
using System.Net;
using Npgsql;

namespace MailDashboard.IntegrationTests.Servers.Data;

/// <summary>A PostgreSQL cluster of its own, which a test may stop and start again. Nothing is synced to disk.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly ServerFolder folder = new("postgres");
    private readonly IPEndPoint endPoint = LoopbackPorts.Free();
    private ServerProcess? process;
    private int databases;

    private PostgresServer()
    {
    }

    public string Output => process?.Output ?? "";

    // PostgreSQL refuses to run as root.
    private static string[] AsPostgres => Environment.UserName == "root"
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        : [];

    private static string Programs => Directory.GetDirectories("/usr/lib/postgresql")
        .OrderByDescending(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))
        .Select(path => Path.Combine(path, "bin"))
        .First(path => File.Exists(Path.Combine(path, "postgres")));

    private string Data => folder["data"];

    public static async Task<PostgresServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var server = new PostgresServer();
        server.folder.Make("data");
        if (AsPostgres.Length > 0)
        {
            await Shell.RunAsync(["chown", "postgres:", server.Data], cancellationToken);
        }

        await Shell.RunAsync(
            [.. AsPostgres, $"{Programs}/initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
            cancellationToken);
        await server.RestartAsync(cancellationToken);
        return server;
    }

    /// <summary>Creates an empty database and gives the connection string to it.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken = default)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooling: false));
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name, pooling: true);
    }

    /// <summary>Ends it at once, without a checkpoint; every connection breaks, as when a machine goes away. What was committed stays.</summary>
    public async Task StopAsync()
    {
        if (process is { } running)
        {
            process = null;
            await running.DisposeAsync();
        }
    }

    /// <summary>Starts it, stopped or not, on the same port with the same data.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await LoopbackPorts.FreedAsync([endPoint], cancellationToken);
        process = await ServerProcess.StartAsync(
            "postgres",
            folder,
            [
                .. AsPostgres, $"{Programs}/postgres", "-D", Data,
                "-c", $"listen_addresses={endPoint.Address}", "-c", $"port={endPoint.Port}", "-c", "unix_socket_directories=",
                "-c", "fsync=off", "-c", "full_page_writes=off",
                "-c", "max_connections=1000", "-c", "shared_buffers=64MB", "-c", "autovacuum_naptime=10min", "-c", "jit=off",
            ],
            CanConnectAsync,
            stopSignal: "QUIT",
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    private async Task<bool> CanConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooling: false));
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string ConnectionString(string database, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = endPoint.Address.ToString(),
        Port = endPoint.Port,
        Username = "postgres",
        Database = database,
        Pooling = pooling,
        Timeout = 60,
        // Each test has a database of its own, and so a pool: what it keeps for minutes is missing to the tests after it.
        ConnectionIdleLifetime = 6,
        ConnectionPruningInterval = 2,
    }.ConnectionString;
}
