using MailDashboard.Monitoring.Persistence;
using MailDashboard.Web.Account;
using MailDashboard.Web.Setup;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MailDashboard.Web.Hosting;

/// <summary>
/// Says on the console where the dashboard is, where its data is, and how to create the first administrator. On the console
/// itself and not in the log: the token must not end up in a log collector.
/// </summary>
internal sealed class StartupMessage(
    IServer server, IHostApplicationLifetime lifetime, DatabaseStartup database, DataFolder folder, DatabaseChoice choice, Administrators administrators, SetupToken token)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(ListenAddresses.ToLocal).FirstOrDefault() ?? ListenAddresses.Default;
            Console.WriteLine($"Mail Dashboard is listening on {address}  (data folder: {folder.Path}, database: {choice.Describe()})");
            await database.WaitReadyAsync(stoppingToken);
            if (!await administrators.ExistAsync(stoppingToken))
            {
                Console.WriteLine();
                Console.WriteLine("  There is no administrator yet. Open the set-up page and enter this one-time token:");
                Console.WriteLine();
                Console.WriteLine($"    {address.TrimEnd('/')}{SetupGate.Path}");
                Console.WriteLine($"    Set-up token: {token.Value}");
                Console.WriteLine();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            // A message is not worth the process: the set-up page works without it, and the next start prints it again.
            Console.Error.WriteLine($"The database failed while looking for an administrator: {e.Message}");
        }
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
