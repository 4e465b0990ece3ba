using System.Net;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Account;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>A dashboard over a zone of its own, names that take their time, and three people.</summary>
internal sealed class ToolboxWorld : IAsyncDisposable
{
    public const string Domain = "harbour.example";

    /// <summary>Its SPF record includes one slow name after the other, and in the end one that nobody answers for: it is under way for long.</summary>
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

    private const int SlowNames = 7;

    private static readonly string Slow = string.Join('\n', Enumerable.Range(1, SlowNames).Select(i => $"s{i} TXT \"v=spf1 include:s{i + 1}.slow.example -all\""));

    private readonly Stack<IAsyncDisposable> _started = new();

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

    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var authority = Keep(await KnotServer.StartAsync([new(Domain, Zone), new(SlowDomain, Zone.Replace("-all", "include:s1.slow.example -all", StringComparison.Ordinal)), new("slow.example", Slow)], cancellationToken: cancellationToken));
        var resolver = Keep(await UnboundServer.StartAsync(
            new()
            {
                Stubs = new Dictionary<string, IPEndPoint>
                {
                    [Domain] = authority.EndPoint,
                    [SlowDomain] = authority.EndPoint,
                    ["slow.example"] = authority.EndPoint,
                },
            },
            cancellationToken));
        var relay = Keep(DnsRelay.Start(resolver.EndPoint));
        relay.Rule = name => !name.EndsWith("slow.example", StringComparison.Ordinal) ? null
            : name == $"s{SlowNames + 1}.slow.example" ? DnsFault.Silence : DnsFault.Late(TimeSpan.FromSeconds(2));
        Host = Keep(await WebHost.StartAsync(listen: true));
        var people = Host.Services.GetRequiredService<People>();
        _ada = Assert.IsType<PeopleResult.Done>(await people.CreateAsync(Ada, null, AppRoles.Administrator, WebHost.Password, "en", cancellationToken));
        _bob = Assert.IsType<PeopleResult.Done>(await people.CreateAsync(Bob, null, AppRoles.Operator, WebHost.Password, "fr", cancellationToken));
        Assert.IsType<PeopleResult.Done>(await people.CreateAsync(Lea, null, AppRoles.Viewer, WebHost.Password, "en", cancellationToken));
        var settings = Host.Services.GetRequiredService<SettingsStore>();
        Assert.Empty(await settings.UpdateAsync(
            s => s with { DnsServers = [relay.EndPoint.ToString()], AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")] }, cancellationToken));
    }

    private T Keep<T>(T server)
        where T : IAsyncDisposable
    {
        _started.Push(server);
        return server;
    }
}
