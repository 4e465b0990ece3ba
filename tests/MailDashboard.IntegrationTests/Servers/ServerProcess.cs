using System.Diagnostics;

namespace MailDashboard.IntegrationTests.Servers;

/// <summary>A daemon in the foreground, on a leash: it ends when this process does, however that happens.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    // The shell hears signal names on its standard input and passes them on to its own child, never to a number read
    // from somewhere; the end of the input, which also comes when this process is killed, means: stop.
    private const string Leash = """
        pidfile=$1 last=$2; shift 2
        exec 3<&0
        "$@" </dev/null 3<&- &
        child=$!
        echo "$child" >"$pidfile"
        { while read -r signal; do kill -s "$signal" "$child"; done; kill -s "$last" "$child"; } <&3 >/dev/null 2>&1 &
        listener=$!
        exec 3<&- </dev/null
        wait "$child"
        code=$?
        kill "$listener" 2>/dev/null
        exit "$code"
        """;

    private const int OutputLines = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Question = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(30);
    private readonly Process process;
    private readonly string name;
    private readonly string pidFile;
    private readonly Queue<string> output = new();

    private ServerProcess(string name, string pidFile, string stopSignal, IReadOnlyList<string> command)
    {
        this.name = name;
        this.pidFile = pidFile;
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in (string[])["-c", Leash, "leash", pidFile, stopSignal, .. command])
        {
            start.ArgumentList.Add(argument);
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    /// <summary>The daemon's own process id; 0 while it is not known yet.</summary>
    public int Id => File.Exists(pidFile) && int.TryParse(File.ReadAllText(pidFile), out var id) ? id : 0;

    /// <summary>The last lines it printed.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return string.Join('\n', output);
            }
        }
    }

    /// <summary>Starts the command and waits until <paramref name="isReady"/>; its output is in the exception if that fails.</summary>
    public static async Task<ServerProcess> StartAsync(
        string name,
        ServerFolder folder,
        IReadOnlyList<string> command,
        Func<CancellationToken, Task<bool>> isReady,
        string stopSignal = "TERM",
        CancellationToken cancellationToken = default)
    {
        var pidFile = folder[$"{name}.leash"];
        File.Delete(pidFile);
        var server = new ServerProcess(name, pidFile, stopSignal, command);
        try
        {
            await Eventually.TrueAsync(
                $"{name} is ready",
                async token => server.HasExited
                    ? throw new InvalidOperationException($"{name} ended with status {server.process.ExitCode}.")
                    : await AsksAsync(isReady, token),
                Patience,
                cancellationToken);
            return server;
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"{exception.Message} It said:\n{server.Output}", exception);
        }
    }

    /// <summary>Sends a signal to the daemon: <c>HUP</c>, <c>KILL</c>, <c>STOP</c> …</summary>
    public async Task SignalAsync(string signal)
    {
        await process.StandardInput.WriteLineAsync(signal);
        await process.StandardInput.FlushAsync();
    }

    public async Task WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        // Not WaitForExitAsync: that also waits for the output's end, which a daemon's orphan may hold open.
        await Eventually.TrueAsync($"{name} has ended", () => process.HasExited, Goodbye, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
            await WaitForExitAsync();
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await WaitForExitAsync();
        }
        catch (IOException)
        {
            // The shell is gone already.
        }

        process.Dispose();
    }

    /// <summary>Whoever takes a connection and says nothing is not ready; the next question finds out whether it is by then.</summary>
    private static async Task<bool> AsksAsync(Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        using var once = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        once.CancelAfter(Question);
        try
        {
            return await isReady(once.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.Enqueue(line);
            while (output.Count > OutputLines)
            {
                output.Dequeue();
            }
        }
    }
}
