using MailDashboard.IntegrationTests.Servers;

namespace MailDashboard.IntegrationTests.Deployment;

public sealed class ComposeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Compose_WithAPassword_IsValid()
    {
        var result = await ConfigAsync("s3cret", "-q");

        Assert.True(result.Status == 0, result.All);
    }

    [Fact]
    public async Task Compose_WithoutAPassword_SaysWhereToPutIt()
    {
        var result = await ConfigAsync(null, "-q");

        Assert.NotEqual(0, result.Status);
        Assert.Contains("set it in .env", result.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolver_ItsConfiguration_IsValid()
    {
        using var folder = new ServerFolder("resolver");
        // The image brings these two; everything else is checked as it is.
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "MailDashboard.Web", "Docker", "unbound", "unbound.conf"), Token);
        folder.Write("root.key", ". 86400 IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n");
        var config = folder.Write("unbound.conf", text
            .Replace("/var/lib/unbound/root.key", folder["root.key"], StringComparison.Ordinal)
            .Replace("\"/etc/unbound\"", $"\"{folder.Path}\"", StringComparison.Ordinal));

        var result = await Shell.TryRunAsync(["unbound-checkconf", config], cancellationToken: Token);

        Assert.True(result.Status == 0, result.All);
    }

    private static async Task<Shell.Result> ConfigAsync(string? password, string flag)
    {
        // Not the .env of whoever runs the tests.
        using var folder = new ServerFolder("compose");
        var env = folder.Write("empty.env", "");
        var environment = new Dictionary<string, string?> { ["POSTGRES_PASSWORD"] = password };
        // Debian's package brings the first; Docker's own, the second.
        if (File.Exists("/usr/bin/docker-compose"))
        {
            return await Shell.TryRunAsync(["docker-compose", "--env-file", env, "config", flag], Repository.Root, environment, Token);
        }

        Assert.SkipUnless(File.Exists("/usr/bin/docker"), "There is no Docker Compose client on this machine.");
        return await Shell.TryRunAsync(["docker", "compose", "--env-file", env, "config", flag], Repository.Root, environment, Token);
    }
}
