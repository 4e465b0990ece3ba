using System.Diagnostics;
using System.Globalization;
using MailDashboard.IntegrationTests.Servers;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>The program itself as a process of its own, to be killed without warning.</summary>
public sealed class ChildDashboard : IAsyncDisposable
{
    private readonly Process _process;

    private ChildDashboard(Process process) => _process = process;

    /// <summary>Starts it on a data folder, a database and a DNS server; <paramref name="certificates"/> is its <c>SSL_CERT_FILE</c>, the rest further environment.</summary>
    public static ChildDashboard Start(ServerFolder folder, string? postgres, string dns, string? certificates = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "MailDashboard.Web")) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MAILDASHBOARD_DATA"] = folder["data"];
        start.Environment["ConnectionStrings__MailDashboard"] = postgres;
        start.Environment["MailDashboard__Dns__Servers"] = dns;
        if (certificates is not null)
        {
            start.Environment["SSL_CERT_FILE"] = certificates;
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPorts.Free().Port}");
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildDashboard(process);
    }

    /// <summary>SIGKILL: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
