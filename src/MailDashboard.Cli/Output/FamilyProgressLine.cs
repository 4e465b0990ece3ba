using MailDashboard.Checks.Auditing;

namespace MailDashboard.Cli.Output;

/// <summary>One line on a terminal that names the families still at work; it is gone when they are done.</summary>
internal sealed class FamilyProgressLine(TextWriter error) : IProgress<FamilyProgress>
{
    private readonly Lock _lock = new();
    private readonly List<string> _running = [];
    private int _width;

    /// <inheritdoc/>
    public void Report(FamilyProgress value)
    {
        // Families report from several threads.
        lock (_lock)
        {
            if (value.Report is null)
            {
                _running.Add(value.Family);
            }
            else
            {
                _running.Remove(value.Family);
            }

            Write(_running.Count == 0 ? "" : $"looking: {string.Join(", ", _running)}");
        }
    }

    /// <summary>Leaves an empty line.</summary>
    public void End()
    {
        lock (_lock)
        {
            Write("");
        }
    }

    private void Write(string text)
    {
        error.Write($"\r{text.PadRight(_width)}\r{text}");
        _width = text.Length;
    }
}
