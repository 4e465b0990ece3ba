using Microsoft.Extensions.Configuration;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>The folder that holds what must survive a restart: the SQLite file and the master key.</summary>
public sealed class DataFolder
{
    /// <summary>The setting that names it; also read as an environment variable.</summary>
    public const string Variable = "MAILDASHBOARD_DATA";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataFolder(string path) => Path = path;

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>
    /// <c>MAILDASHBOARD_DATA</c>, else <c>$XDG_DATA_HOME/maildashboard</c>, else <c>~/.local/share/maildashboard</c>.
    /// </summary>
    public static DataFolder Resolve(IConfiguration configuration)
    {
        if (configuration[Variable] is { Length: > 0 } chosen)
        {
            return At(chosen);
        }

        // XDG base directory specification: a relative path is to be ignored.
        var xdg = configuration["XDG_DATA_HOME"];
        var data = xdg is { Length: > 0 } && System.IO.Path.IsPathRooted(xdg)
            ? xdg
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return At(System.IO.Path.Combine(data, "maildashboard"));
    }

    /// <summary>A named folder.</summary>
    public static DataFolder At(string path) => new(System.IO.Path.GetFullPath(path));

    /// <summary>A file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder where it is missing, for its owner only.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not make it.</exception>
    public void Create()
    {
        if (Directory.Exists(Path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, OwnerOnly);
        }
    }

    public override string ToString() => Path;
}
