using MailDashboard.IntegrationTests.Servers.Data;

namespace MailDashboard.IntegrationTests.Servers;

/// <summary>The PostgreSQL that tests share; it starts with the first test that asks for a database.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly SemaphoreSlim starting = new(1, 1);
    private PostgresServer? server;

    /// <summary>A fresh, empty database of the test's own.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken = default)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            server ??= await PostgresServer.StartAsync(cancellationToken);
        }
        finally
        {
            starting.Release();
        }

        return await server.CreateDatabaseAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        starting.Dispose();
    }
}
