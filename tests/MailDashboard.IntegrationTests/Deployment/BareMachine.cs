using System.Globalization;
using System.Text.RegularExpressions;
using MailDashboard.IntegrationTests.Servers;

namespace MailDashboard.IntegrationTests.Deployment;

/// <summary>Carries out a Dockerfile without Docker: below a folder instead of <c>/</c>, as an ordinary user.</summary>
public sealed partial class BareMachine : IDisposable
{
    // The user that Microsoft's images call "app"; no user of this machine has that number, nor any right here.
    private const string UserId = "1654";
    private readonly ServerFolder root = new("image");
    private readonly Dictionary<string, string?> environment = [];
    private string workingDirectory = "/";
    private bool ordinary = true;

    public BareMachine()
    {
        environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        environment["APP_UID"] = UserId;
        environment["HOME"] = root.Make("home");
        environment["NUGET_PACKAGES"] = root["packages"];
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_NOLOGO"] = "1";
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["UseSharedCompilation"] = "false";
        // What a package's audit says today is no result of this test, and asking for it takes minutes without a network.
        environment["NuGetAudit"] = "false";
        // They have read the same code when it was built for the tests, and make no other program of it.
        environment["RunAnalyzers"] = "false";
    }

    /// <summary>Where a path of the image lies on this machine.</summary>
    public string this[string imagePath] => root[imagePath.TrimStart('/')];

    public async Task BuildAsync(Dockerfile dockerfile, CancellationToken cancellationToken)
    {
        // What this machine has downloaded already, for a user who cannot read it: links where they work, else a copy.
        await Shell.RunAsync(
            ["sh", "-c", "cp -al \"$1\" \"$2\" 2>/dev/null || { rm -rf \"$2\"; cp -a \"$1\" \"$2\"; }", "sh", Packages, root["packages"]], cancellationToken);
        foreach (var path in (string[])[root.Path, root["packages"], root["home"]])
        {
            await OwnAsync(path, recursive: false, cancellationToken);
        }

        foreach (var instruction in dockerfile.Instructions)
        {
            await DoAsync(instruction, cancellationToken);
        }
    }

    /// <summary>A command line of the image (entry point, health check) as the image's user would run it here.</summary>
    public IReadOnlyList<string> Command(IEnumerable<string> words, IReadOnlyDictionary<string, string> more, string? directory = null) =>
    [
        .. AsUser, "env", "-i", "-C", directory ?? this[workingDirectory],
        .. environment.Select(pair => $"{pair.Key}={pair.Value}"), .. more.Select(pair => $"{pair.Key}={pair.Value}"), .. words,
    ];

    /// <summary>An empty folder that belongs to the image's user.</summary>
    public async Task<string> FreshFolderAsync(string name, CancellationToken cancellationToken)
    {
        var path = root.Make(name);
        await OwnAsync(path, recursive: false, cancellationToken);
        return path;
    }

    public void Dispose() => root.Dispose();

    private static string Packages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string[] AsUser => ["setpriv", $"--reuid={UserId}", $"--regid={UserId}", "--clear-groups"];

    private async Task DoAsync(DockerInstruction instruction, CancellationToken cancellationToken)
    {
        switch (instruction.Keyword)
        {
            case "FROM":
                // A build may be done by anybody; in the final image everything before USER is root's work.
                ordinary = instruction.Arguments.Contains(" AS ", StringComparison.OrdinalIgnoreCase);
                break;
            case "USER":
                Assert.Equal("$APP_UID", instruction.Arguments);
                ordinary = true;
                break;
            case "WORKDIR":
                workingDirectory = instruction.Arguments;
                await OwnAsync(root.Make(workingDirectory.TrimStart('/')), recursive: false, cancellationToken);
                break;
            case "ENV":
                var (name, value) = (instruction.Arguments.Split('=', 2)[0], instruction.Arguments.Split('=', 2)[1]);
                environment[name] = ImagePath().Replace(value, match => this[match.Value]);
                break;
            case "COPY":
                await CopyAsync(instruction.Arguments.Split(' '), cancellationToken);
                break;
            case "RUN":
                await RunAsync(instruction.Arguments, cancellationToken);
                break;
            case "VOLUME" or "EXPOSE" or "HEALTHCHECK" or "ENTRYPOINT":
                break;
            default:
                throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"{instruction} is not understood here yet."));
        }
    }

    private async Task RunAsync(string line, CancellationToken cancellationToken)
    {
        var here = ImagePath().Replace(line, match => this[match.Value]);
        var command = Command(["sh", "-c", here], new Dictionary<string, string>());
        var result = await Shell.TryRunAsync(ordinary ? command : [.. command.Skip(AsUser.Length)], cancellationToken: cancellationToken);
        Assert.True(result.Status == 0, $"RUN {line}\nended with {result.Status}:\n{result.All}");
    }

    private async Task CopyAsync(string[] words, CancellationToken cancellationToken)
    {
        var paths = words.Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var fromImage = words[0].StartsWith("--from=", StringComparison.Ordinal);
        var target = Path.Combine(this[workingDirectory], paths[^1]);
        if (fromImage && this[paths[0]] == Path.GetFullPath(target).TrimEnd('/'))
        {
            // Both stages share one folder here, so it is there already.
            return;
        }

        Directory.CreateDirectory(target);
        foreach (var path in paths[..^1])
        {
            // tar leaves out what .dockerignore does, and puts a folder's content, not the folder, into the target, as COPY does.
            var source = fromImage ? this[path] : Path.Combine(Repository.Root, path);
            var (folder, what) = Directory.Exists(source) ? (source, ".") : (Path.GetDirectoryName(source)!, Path.GetFileName(source));
            await Shell.RunAsync(
                ["sh", "-c", "tar -C \"$1\" --exclude=bin --exclude=obj -cf - \"$2\" | tar -C \"$3\" -xf -", "sh", folder, what, target],
                cancellationToken);
        }

        await OwnAsync(target, recursive: true, cancellationToken);
    }

    private static async Task OwnAsync(string path, bool recursive, CancellationToken cancellationToken) =>
        await Shell.RunAsync(["chown", recursive ? "-R" : "-h", $"{UserId}:{UserId}", path], cancellationToken);

    // The image's own top-level folders wherever they stand in a command.
    [GeneratedRegex(@"(?<![\w./])/(source|app|data)\b")]
    private static partial Regex ImagePath();
}
