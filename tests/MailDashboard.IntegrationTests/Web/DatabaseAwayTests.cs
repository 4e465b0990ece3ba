using System.Net;
using MailDashboard.IntegrationTests.Servers.Data;

namespace MailDashboard.IntegrationTests.Web;

public sealed class DatabaseAwayTests
{
    private static readonly Uri Overview = new("/", UriKind.Relative);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_WhileTheDatabaseIsAway_SaysSoAndComesBack()
    {
        await using var server = await PostgresServer.StartAsync(Cancel);
        var (host, administrator) = await WebHost.StartWithAdministratorAsync(await server.CreateDatabaseAsync(Cancel));
        await using var _ = host;

        await server.StopAsync();
        using var away = await administrator.GetAsync(Overview, Cancel);
        var page = await away.Content.ReadAsStringAsync(Cancel);
        using var health = await administrator.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
        await server.RestartAsync(Cancel);
        using var back = await administrator.GetAsync(Overview, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.Contains("The database does not answer", page, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task Program_BeforeTheSetup_GetsAStatusAndNoPage()
    {
        await using var host = await WebHost.StartAsync();

        using var response = await host.Browser().GetAsync(new Uri("/api/domains", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }
}
