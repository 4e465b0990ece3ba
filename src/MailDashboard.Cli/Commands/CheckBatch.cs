using System.Text;
using MailDashboard.Checks.Auditing;
using MailDashboard.Cli.Output;

namespace MailDashboard.Cli.Commands;

/// <summary>
/// Checks a file of domains: read line by line, printed line by line as they finish, so that memory does not grow with the file.
/// </summary>
internal sealed class CheckBatch(CliHost host, Func<string, Task<AuditReport>> audit, bool wereFamiliesNamed, bool withTranscript) : IDisposable
{
    private readonly SemaphoreSlim _printing = new(1, 1);
    private int _done;
    private bool _isBad;
    private bool _isUndetermined;

    /// <summary>Runs.</summary>
    /// <exception cref="CliException">The file cannot be read.</exception>
    public async Task<int> RunAsync(string input, int concurrency, CancellationToken cancellationToken)
    {
        using var reader = Open(input);
        var progress = host.IsErrorTerminal ? new ProgressBar(host.Error, Length(input)) : null;
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(LinesAsync(reader, progress), options, (line, token) => OneAsync(line, progress, token)).ConfigureAwait(false);
        progress?.End(_done);
        return _isBad ? ExitCode.Bad : _isUndetermined ? ExitCode.Undetermined : ExitCode.Good;
    }

    /// <inheritdoc/>
    public void Dispose() => _printing.Dispose();

    private async ValueTask OneAsync(string line, ProgressBar? progress, CancellationToken cancellationToken)
    {
        object document;
        var exitCode = ExitCode.Undetermined;
        if (!CliDomain.TryParse(line, out var domain, out var problem))
        {
            document = new CheckJsonError(CliDomain.Show(line), problem);
        }
        else
        {
            try
            {
                var report = await audit(domain).ConfigureAwait(false);
                document = CheckJson.From(report, withTranscript);
                exitCode = CheckWords.ExitCodeOf(report, wereFamiliesNamed);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One domain must not end the run of ten thousand.
                document = new CheckJsonError(domain, $"{e.GetType().Name}: {CliDomain.Show(e.Message)}");
            }
        }

        await _printing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await JsonOutput.WriteLineAsync(host.Output, document).ConfigureAwait(false);
            await host.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
            _isBad |= exitCode == ExitCode.Bad;
            _isUndetermined |= exitCode == ExitCode.Undetermined;
            progress?.Show(++_done);
        }
        finally
        {
            _printing.Release();
        }
    }

    private static async IAsyncEnumerable<string> LinesAsync(TextReader reader, ProgressBar? progress)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            progress?.Read(Encoding.UTF8.GetByteCount(line) + 1);
            if (line.Trim() is { Length: > 0 } text && text[0] != '#')
            {
                yield return text;
            }
        }
    }

    private static StreamReader Open(string input)
    {
        try
        {
            return input == "-" ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8) : new StreamReader(input, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException($"--input: {e.Message}", ExitCode.Usage);
        }
    }

    private static long Length(string input) => input == "-" ? 0 : new FileInfo(input).Length;
}
