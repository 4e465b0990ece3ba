using MailDashboard.IntegrationTests.Servers;

namespace MailDashboard.IntegrationTests.Deployment;

public sealed class DockerfileTests(PublishedApp app)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Image_EachBuildStep_WorksForAnOrdinaryUser()
    {
        var machine = await app.BuildAsync(Token);

        Assert.True(File.Exists(Path.Combine(machine["/app"], "MailDashboard.Web.dll")));
    }

    [Fact]
    public async Task Image_EntryPointAndHealthCommand_WorkForAnOrdinaryUser()
    {
        var machine = await app.BuildAsync(Token);
        var port = LoopbackPorts.Free().Port;
        var environment = Environment(machine, port);
        using var folder = new ServerFolder("entry-point");
        using var client = PublishedApp.Client(port);
        var health = machine.Command(PublishedApp.Recipe.Single("HEALTHCHECK").Words, environment);
        Assert.NotEqual(0, (await Shell.TryRunAsync(health, cancellationToken: Token)).Status);

        await using (await ServerProcess.StartAsync(
            "app",
            folder,
            machine.Command(PublishedApp.Recipe.Single("ENTRYPOINT").Words, environment),
            token => PublishedApp.IsUpAsync(client, token),
            cancellationToken: Token))
        {
            var result = await Shell.TryRunAsync(health, cancellationToken: Token);
            Assert.True(result.Status == 0, result.All);
            Assert.True(File.Exists(Path.Combine(machine["/data"], "master.key")), "The data folder is not the one of the image.");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(machine["/data"], "master.key")));
        }

        Assert.NotEqual(0, (await Shell.TryRunAsync(health, cancellationToken: Token)).Status);
    }

    [Fact]
    public void Image_Recipe_RunsAsNoRootWithItsDataInAVolumeAndTellsItsPort()
    {
        Assert.Equal("/data", PublishedApp.Recipe.Single("VOLUME").Arguments);
        Assert.Equal("8080", PublishedApp.Recipe.Single("EXPOSE").Arguments);
        Assert.Equal("$APP_UID", PublishedApp.Recipe.Single("USER").Arguments);
        Assert.Equal("--health", PublishedApp.Recipe.Single("HEALTHCHECK").Words[^1]);
    }

    // The image's own addresses, on a port that is free here.
    private static Dictionary<string, string> Environment(BareMachine machine, int port)
    {
        var urls = PublishedApp.Recipe.Instructions.Single(line => line.Arguments.StartsWith("ASPNETCORE_URLS=", StringComparison.Ordinal)).Arguments;
        Assert.True(Directory.Exists(machine["/data"]));
        return new() { ["ASPNETCORE_URLS"] = urls.Split('=', 2)[1].Replace("8080", $"{port}", StringComparison.Ordinal) };
    }
}
