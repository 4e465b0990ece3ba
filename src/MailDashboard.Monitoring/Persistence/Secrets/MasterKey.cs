using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace MailDashboard.Monitoring.Persistence.Secrets;

/// <summary>
/// 32 bytes from outside the database that wrap its key ring: a copy of the database alone opens no secret. From
/// <c>MAILDASHBOARD_MASTER_KEY</c>, else from a file in the data folder that its owner alone can read.
/// </summary>
public sealed class MasterKey(IConfiguration configuration, DataFolder folder)
{
    /// <summary>The setting, also read as an environment variable: base64 or hexadecimal of 32 bytes.</summary>
    public const string Variable = "MAILDASHBOARD_MASTER_KEY";

    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "master.key";

    private const int Length = 32;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly Lock _lock = new();
    private byte[]? _bytes;

    /// <summary>Where it is, for messages.</summary>
    public string Place => configuration[Variable] is { Length: > 0 } ? Variable : folder.File(FileName);

    /// <summary>The key.</summary>
    /// <exception cref="MasterKeyException">It is missing or unusable.</exception>
    internal byte[] Bytes()
    {
        lock (_lock)
        {
            return _bytes ??= Read() ?? throw new MasterKeyException(
                $"The master key is missing: {folder.File(FileName)} does not exist and {Variable} is not set. "
                + "The database holds secrets that were encrypted with it. Restore the file from your backup, or set the variable to the key that was in use.");
        }
    }

    /// <summary>Makes the file where there is no key at all. Only for a database that holds no keys yet.</summary>
    /// <exception cref="MasterKeyException">It cannot be made, or what is there is unusable.</exception>
    internal void Create()
    {
        lock (_lock)
        {
            if ((_bytes = Read()) is not null)
            {
                return;
            }

            var bytes = RandomNumberGenerator.GetBytes(Length);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            try
            {
                folder.Create();
                using var stream = new StreamWriter(folder.File(FileName), options);
                stream.WriteLine(Convert.ToBase64String(bytes));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new MasterKeyException($"The master key could not be written to {folder.File(FileName)}: {e.Message}", e);
            }

            _bytes = bytes;
        }
    }

    private byte[]? Read()
    {
        if (configuration[Variable] is { Length: > 0 } text)
        {
            return Parse(text) ?? throw new MasterKeyException($"{Variable} must be 32 bytes in base64 or hexadecimal (for example from: openssl rand -base64 32).");
        }

        var file = folder.File(FileName);
        if (!File.Exists(file))
        {
            return null;
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
        {
            throw new MasterKeyException($"Others than its owner can read the master key {file}. Type: chmod 600 {file}");
        }

        try
        {
            return Parse(File.ReadAllText(file)) ?? throw new MasterKeyException($"{file} does not hold a master key (32 bytes in base64 or hexadecimal). Restore it from your backup.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MasterKeyException($"The master key {file} cannot be read: {e.Message}", e);
        }
    }

    private static byte[]? Parse(string text)
    {
        var trimmed = text.Trim();
        try
        {
            var bytes = trimmed.Length == Length * 2 ? Convert.FromHexString(trimmed) : Convert.FromBase64String(trimmed);
            return bytes.Length == Length ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
