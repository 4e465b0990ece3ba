using System.Globalization;

namespace MailDashboard.Cli.Output;

/// <summary>A bar on a terminal: how much of the input was read, how many domains are done.</summary>
/// <param name="error">Standard error; results go elsewhere.</param>
/// <param name="bytes">Length of the input; zero where it is not known.</param>
internal sealed class ProgressBar(TextWriter error, long bytes)
{
    private const int Width = 30;
    private long _read;

    /// <summary>Some of the input was read.</summary>
    public void Read(int count) => Interlocked.Add(ref _read, count);

    /// <summary>Draws.</summary>
    public void Show(int done)
    {
        var share = bytes > 0 ? Math.Clamp((double)Interlocked.Read(ref _read) / bytes, 0, 1) : 0;
        var filled = (int)(share * Width);
        var bar = bytes > 0 ? $"[{new string('#', filled)}{new string('.', Width - filled)}] " : "";
        error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{bar}{done} done"));
    }

    /// <summary>Leaves the last line standing.</summary>
    public void End(int done)
    {
        Interlocked.Exchange(ref _read, bytes);
        Show(done);
        error.WriteLine();
    }
}
