using System.Collections.Immutable;

namespace MailDashboard.Checks.Blocklists;

/// <summary>A data file that was read: its catalogue, or every problem it has.</summary>
/// <param name="Catalogue">Null where there is a problem.</param>
/// <param name="Problems">Each names the list and the field to mend.</param>
public sealed record BlocklistLoad(BlocklistCatalogue? Catalogue, ImmutableArray<string> Problems)
{
    private const long MaximumBytes = 4 * 1024 * 1024;
    private static Cached? _last;

    /// <summary>The catalogue that the settings ask for. A file that cannot be used is a problem, never an exception.</summary>
    public static BlocklistLoad For(BlocklistSettings settings) =>
        settings.DataFile is { } file ? FromFile(file) : new BlocklistLoad(BlocklistCatalogue.Shipped, []);

    /// <summary>Reads a file; one that did not change since is not read again.</summary>
    public static BlocklistLoad FromFile(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                return Failed($"{path}: there is no such file.");
            }

            if (info.Length > MaximumBytes)
            {
                return Failed($"{path}: larger than 4 MB, which no list data is.");
            }

            var last = Volatile.Read(ref _last);
            if (last is not null && last.Path == info.FullName && last.Written == info.LastWriteTimeUtc && last.Length == info.Length)
            {
                return last.Load;
            }

            var load = BlocklistReader.Read(File.ReadAllBytes(path), BlocklistCatalogue.Shipped);
            Volatile.Write(ref _last, new Cached(info.FullName, info.LastWriteTimeUtc, info.Length, load));
            return load;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Failed($"{path}: {e.Message}");
        }
    }

    private static BlocklistLoad Failed(string problem) => new(null, [problem]);

    private sealed record Cached(string Path, DateTime Written, long Length, BlocklistLoad Load);
}
