using System.Net;
using System.Net.Sockets;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Account;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>A dashboard over a zone of its own, a zone whose server never answers, and three people.</summary>
internal sealed class ToolboxWorld : IAsyncDisposable
{
    public const string Domain = "harbour.example";

    /// <summary>Its SPF record includes a name that nobody answers for.</summary>
    public const string SlowDomain = "quay.example";

    public const string Ada = WebHost.Email;
    public const string Bob = "bob@office.example";
    public const string Lea = "lea@office.example";

    private const string Zone =
        """
        @ MX 10 mx
        mx A 127.0.1.60
        @ TXT "v=spf1 ip4:192.0.2.0/24 -all"
        """;

    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly UdpClient _silent = new(new IPEndPoint(IPAddress.Loopback, 0));

    public WebHost Host { get; private set; } = null!;

    private PeopleResult.Done _ada = null!;
    private PeopleResult.Done _bob = null!;

    public static async Task<ToolboxWorld> StartAsync(CancellationToken cancellationToken)
    {
        var world = new ToolboxWorld();
        try
        {
            await world.RunAsync(cancellationToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public async Task SignInAsync(IPage page, string email)
    {
        await page.GotoAsync($"{Host.Url}sign-in");
        await page.Locator("input[type=email]").FillAsync(email);
        await page.Locator("input[type=password]").FillAsync(WebHost.Password);
        await page.Locator("main button[type=submit]").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
    }

    public Task MakeBobAViewerAsync(CancellationToken cancellationToken) =>
        Host.Services.GetRequiredService<People>().SetRoleAsync(_ada.UserId, _bob.UserId, AppRoles.Viewer, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var server))
        {
            await server.DisposeAsync();
        }

        _silent.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var authority = Keep(await KnotServer.StartAsync([new(Domain, Zone), new(SlowDomain, Zone.Replace("-all", "include:spf.slow.example -all", StringComparison.Ordinal))], cancellationToken: cancellationToken));
        var resolver = Keep(await UnboundServer.StartAsync(
            new()
            {
                Stubs = new Dictionary<string, IPEndPoint>
                {
                    [Domain] = authority.EndPoint,
                    [SlowDomain] = authority.EndPoint,
                    ["slow.example"] = (IPEndPoint)_silent.Client.LocalEndPoint!,
                },
            },
            cancellationToken));
        Host = Keep(await WebHost.StartAsync(listen: true));
        var people = Host.Services.GetRequiredService<People>();
        _ada = Assert.IsType<PeopleResult.Done>(await people.CreateAsync(Ada, null, AppRoles.Administrator, WebHost.Password, "en", cancellationToken));
        _bob = Assert.IsType<PeopleResult.Done>(await people.CreateAsync(Bob, null, AppRoles.Operator, WebHost.Password, "fr", cancellationToken));
        Assert.IsType<PeopleResult.Done>(await people.CreateAsync(Lea, null, AppRoles.Viewer, WebHost.Password, "en", cancellationToken));
        var settings = Host.Services.GetRequiredService<SettingsStore>();
        Assert.Empty(await settings.UpdateAsync(
            s => s with { DnsServers = [resolver.EndPoint.ToString()], AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")] }, cancellationToken));
    }

    private T Keep<T>(T server)
        where T : IAsyncDisposable
    {
        _started.Push(server);
        return server;
    }
}
