using MailDashboard.IntegrationTests.Servers;

namespace MailDashboard.IntegrationTests.Deployment;

public sealed class ComposeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Compose_AsItIs_IsValid()
    {
        var result = await ConfigAsync();

        Assert.True(result.Status == 0, result.All);
    }

    [Fact]
    public async Task Password_MadeTwice_IsTheSameForDatabaseAndApplication()
    {
        using var folder = new ServerFolder("password");
        var script = Path.Combine(Repository.Root, "src", "MailDashboard.Web", "Docker", "make-password.sh");
        string[] command = ["sh", script, folder.Path, "999", "1654"];

        Assert.Equal(0, (await Shell.TryRunAsync(command, cancellationToken: Token)).Status);
        var first = await File.ReadAllTextAsync(folder["password"], Token);
        Assert.Equal(0, (await Shell.TryRunAsync(command, cancellationToken: Token)).Status);

        Assert.Matches("^[0-9a-f]{64}$", first);
        Assert.Equal(first, await File.ReadAllTextAsync(folder["password"], Token));
        Assert.Equal($"postgres:5432:maildashboard:maildashboard:{first}\n", await File.ReadAllTextAsync(folder["pgpass"], Token));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["pgpass"]));
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

    private static async Task<Shell.Result> ConfigAsync()
    {
        // Debian's package brings the first; Docker's own, the second.
        if (File.Exists("/usr/bin/docker-compose"))
        {
            return await Shell.TryRunAsync(["docker-compose", "config", "-q"], Repository.Root, cancellationToken: Token);
        }

        Assert.SkipUnless(File.Exists("/usr/bin/docker"), "There is no Docker Compose client on this machine.");
        return await Shell.TryRunAsync(["docker", "compose", "config", "-q"], Repository.Root, cancellationToken: Token);
    }
}
