using System.Runtime.InteropServices;
using MailDashboard.Lab;

// tests/lab.sh gives the folder in which it looks for what to print.
var folder = args is [var given] ? given : throw new ArgumentException("The one argument is the lab's folder; start this through tests/lab.sh up.");
using var stopping = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopping.Cancel();
}

using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
// The shell that started it may close its terminal; the lab stays.
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);

try
{
    await using var servers = await LabServers.StartAsync(stopping.Token);
    await File.WriteAllTextAsync(Path.Combine(folder, "authority.pem"), servers.Certificates.AuthorityPem, stopping.Token);
    await File.WriteAllTextAsync(Path.Combine(folder, "blocklists.json"), LabBlocklists.Json, stopping.Token);
    var control = new LabControl(servers).RunAsync(stopping.Token);
    await File.WriteAllTextAsync(Path.Combine(folder, "guide.new"), LabGuide.Text(folder, servers), stopping.Token);
    File.Move(Path.Combine(folder, "guide.new"), Path.Combine(folder, "guide.txt"), overwrite: true);
    await control;
}
catch (OperationCanceledException)
{
    // Told to stop.
}
