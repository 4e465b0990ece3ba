using System.Globalization;
using System.Text.RegularExpressions;
using MailDashboard.IntegrationTests.Deployment;
using MailDashboard.IntegrationTests.Servers;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>The web application as people run it: a process of its own, with its own data folder.</summary>
public sealed partial class DashboardProcess : IAsyncDisposable
{
    private readonly ServerFolder folder = new("dashboard");
    private Dictionary<string, string> environment = [];
    private ServerProcess? process;
    private string earlier = "";

    private DashboardProcess(int port) => Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");

    /// <summary>Its address, with the slash at the end.</summary>
    public string Url { get; }

    /// <summary>Everything it wrote, over all its starts.</summary>
    public string Output => earlier + process?.Output;

    /// <summary>What the first visitor has to type.</summary>
    public string SetupToken { get; private set; } = "";

    /// <param name="world">Whom it asks and probes.</param>
    /// <param name="connection">To PostgreSQL; null takes the embedded database.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="without">Names that the environment must not decide, so that pages can.</param>
    public static async Task<DashboardProcess> StartAsync(JourneyWorld world, string? connection, CancellationToken cancellationToken, params string[] without)
    {
        var dashboard = new DashboardProcess(LoopbackPorts.Free().Port);
        dashboard.environment = dashboard.Environment(world, connection).Where(v => !without.Contains(v.Key)).ToDictionary();
        await dashboard.RunAsync(cancellationToken);
        await Eventually.TrueAsync("the set-up token is printed", dashboard.FindToken, cancellationToken: cancellationToken);
        return dashboard;
    }

    /// <summary>Ends the process, as an update of the product does.</summary>
    public async Task StopAsync()
    {
        if (process is { } running)
        {
            process = null;
            earlier += running.Output;
            await running.DisposeAsync();
        }
    }

    /// <summary>Starts it at its address, with its data.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var client = PublishedApp.Client(new Uri(Url).Port);
        process = await ServerProcess.StartAsync(
            "dashboard",
            folder,
            ["env", .. environment.Select(v => $"{v.Key}={v.Value}"), "dotnet", Path.Combine(AppContext.BaseDirectory, "MailDashboard.Web.dll")],
            token => PublishedApp.IsUpAsync(client, token),
            cancellationToken: cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            // Shown with a test that fails.
            TestContext.Current.TestOutputHelper?.WriteLine(Output);
            await StopAsync();
        }

        folder.Dispose();
    }

    private Dictionary<string, string> Environment(JourneyWorld world, string? connection)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = Url.TrimEnd('/'),
            ["MAILDASHBOARD_DATA"] = folder.Make("data"),
            ["SSL_CERT_FILE"] = world.AuthorityFile,
            ["MailDashboard__Dns__Servers__0"] = world.Resolver.EndPoint.ToString(),
            ["MailDashboard__Probing__AllowedNetworks__0"] = "127.0.0.0/8",
            ["MailDashboard__Probing__AuthorityPort"] = world.Authority.EndPoint.Port.ToString(CultureInfo.InvariantCulture),
            ["MailDashboard__Probing__SmtpPort"] = world.MailExchanger.EndPoint.Port.ToString(CultureInfo.InvariantCulture),
            ["MailDashboard__Blocklists__DataFile"] = world.BlocklistFile,
            ["MailDashboard__Alerting__SecondLookSeconds"] = "1",
        };
        if (connection is not null)
        {
            environment["ConnectionStrings__MailDashboard"] = connection;
        }

        return environment;
    }

    private bool FindToken()
    {
        SetupToken = TokenLine().Match(Output).Groups[1].Value;
        return SetupToken.Length > 0;
    }

    [GeneratedRegex(@"Set-up token: (\S+)")]
    private static partial Regex TokenLine();
}
