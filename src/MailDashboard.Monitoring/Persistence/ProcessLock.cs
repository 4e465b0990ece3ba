namespace MailDashboard.Monitoring.Persistence;

/// <summary>
/// On SQLite one process owns the data. The lock is the operating system's: it goes with the process, however that ends.
/// </summary>
internal sealed class ProcessLock(DataFolder folder, DatabaseChoice choice) : IDisposable
{
    private FileStream? _held;

    /// <summary>True where this process owns the data now; always on PostgreSQL.</summary>
    public bool TryTake()
    {
        if (choice.Kind == DatabaseKind.Postgres || _held is not null)
        {
            return true;
        }

        try
        {
            folder.Create();
            _held = new FileStream(folder.File("maildashboard.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
        {
            return false;
        }
    }

    public void Dispose() => _held?.Dispose();
}
