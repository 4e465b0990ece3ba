using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Cli;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Cli;

/// <summary>Runs <c>maildash</c> in process over a fake DNS.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public static async Task<CliRun> OfAsync(IDnsResolver dns, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        var host = new CliHost(output, error, time, (_, _, _) => Task.FromResult(dns));
        var exitCode = await MaildashCommand.RunAsync(args, host);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }
}
