using MailDashboard.IntegrationTests.Servers;

namespace MailDashboard.IntegrationTests.Deployment;

/// <summary>Static files assert bodies: a wrong web root serves every file as 200 with nothing in it.</summary>
public sealed class PublishTests(PublishedApp app)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Published_StartedFromAnotherFolder_ServesTheFilesThatPagesNeed()
    {
        var machine = await app.BuildAsync(Token);
        var port = LoopbackPorts.Free().Port;
        using var folder = new ServerFolder("published");
        using var client = PublishedApp.Client(port);
        var command = machine.Command(
            ["dotnet", Path.Combine(machine["/app"], "MailDashboard.Web.dll")],
            new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
                ["MAILDASHBOARD_DATA"] = await machine.FreshFolderAsync("other-data", Token),
            },
            directory: "/");

        await using var running = await ServerProcess.StartAsync(
            "published", folder, command, token => PublishedApp.IsUpAsync(client, token), cancellationToken: Token);

        var own = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "wwwroot", "app.css"), Token);
        Assert.Equal(own, await client.GetStringAsync(new Uri("/app.css", UriKind.Relative), Token));
        Assert.Contains(".mud-", await client.GetStringAsync(new Uri("/_content/MudBlazor/MudBlazor.min.css", UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.Contains("Blazor", await client.GetStringAsync(new Uri("/_framework/blazor.web.js", UriKind.Relative), Token), StringComparison.Ordinal);
    }
}
