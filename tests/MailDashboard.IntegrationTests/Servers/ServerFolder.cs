namespace MailDashboard.IntegrationTests.Servers;

/// <summary>A fresh folder for one server, removed with it. Other users may read it: most daemons drop root.</summary>
public sealed class ServerFolder : IDisposable
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public ServerFolder(string name)
    {
        Path = Directory.CreateTempSubdirectory($"maildashboard-{name}-").FullName;
        File.SetUnixFileMode(Path, Readable);
    }

    public string Path { get; }

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Replaces the file at once, so that a server never reads half of it.</summary>
    public string Write(string relative, string content)
    {
        var path = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    public string Make(string relative)
    {
        Directory.CreateDirectory(this[relative]);
        return this[relative];
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A daemon's last child may still be writing; the folder is in the temporary directory anyway.
        }
    }
}
