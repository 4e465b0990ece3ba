using MailDashboard.IntegrationTests.Servers.Data;
using Npgsql;

namespace MailDashboard.IntegrationTests.ServerTests;

public sealed class PostgresServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postgres_StoppedAndRestarted_KeepsItsData()
    {
        await using var postgres = await PostgresServer.StartAsync(Token);
        var database = await postgres.CreateDatabaseAsync(Token);
        await RunAsync(database, "CREATE TABLE t (id int); INSERT INTO t VALUES (42)");

        await postgres.StopAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(database, "SELECT id FROM t"));

        await postgres.RestartAsync(Token);
        Assert.Equal(42, await RunAsync(database, "SELECT id FROM t"));
    }

    private static async Task<object?> RunAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token);
    }
}
