using MailDashboard.IntegrationTests.Servers;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>Runs every test of a class on SQLite and on PostgreSQL.</summary>
public abstract class DatabaseTest(SharedPostgres postgres)
{
    public static TheoryData<string> Databases { get; } = ["sqlite", "postgres"];

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected async Task<string?> ConnectionAsync(string database) => database == "postgres" ? await postgres.CreateDatabaseAsync(Token) : null;

    protected async Task<TestDashboard> StartAsync(string database) => await TestDashboard.StartAsync(await ConnectionAsync(database));
}
