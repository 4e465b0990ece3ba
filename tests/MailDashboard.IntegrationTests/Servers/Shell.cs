using System.Diagnostics;

namespace MailDashboard.IntegrationTests.Servers;

/// <summary>Runs a program to its end and gives what it said.</summary>
public static class Shell
{
    public sealed record Result(int Status, string Output, string Errors)
    {
        public string All => $"{Output}{Errors}";
    }

    /// <summary>Runs it whatever its status.</summary>
    public static async Task<Result> TryRunAsync(
        IReadOnlyList<string> command,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "/",
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new Result(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <exception cref="InvalidOperationException">Its status is not 0; the message has what it said.</exception>
    public static async Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken = default)
    {
        var result = await TryRunAsync(command, cancellationToken: cancellationToken);
        return result.Status == 0
            ? result.Output
            : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {result.Status}:\n{result.All}");
    }
}
