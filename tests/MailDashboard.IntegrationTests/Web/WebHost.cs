using System.Net;
using System.Text.RegularExpressions;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Persistence;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>The whole web host in this process, on SQLite in a folder of its own unless told otherwise; its background work is off.</summary>
internal sealed partial class WebHost(string? connection = null) : WebApplicationFactory<Program>
{
    public const string SetupToken = "token-of-this-test-run";
    public const string Email = "admin@example.org";
    public const string Password = "correct horse battery staple";

    private readonly ServerFolder _folder = new("web");

    /// <summary>What a test adds to the services.</summary>
    public Action<IServiceCollection>? Extra { get; init; }

    /// <summary>What a test configures.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>Where it listens, with the slash at the end.</summary>
    public Uri Url => ClientOptions.BaseAddress;

    /// <summary>A browser that follows nothing and keeps its cookies.</summary>
    public HttpClient Browser(string language = "en")
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return client;
    }

    /// <summary>The same over a real connection, to a host that listens: the factory's own would follow redirects there.</summary>
    public HttpClient Connect() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Url };

    /// <param name="connection">To PostgreSQL; null takes SQLite.</param>
    /// <param name="listen">On a real port, for a real browser.</param>
    /// <param name="extra">What the test adds to the services.</param>
    /// <param name="settings">What the test configures.</param>
    public static async Task<WebHost> StartAsync(
        string? connection = null, bool listen = false, Action<IServiceCollection>? extra = null, IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        var host = new WebHost(connection) { Extra = extra, Settings = settings ?? [] };
        if (listen)
        {
            host.UseKestrel(0);
            host.StartServer();
        }

        await host.Services.GetRequiredService<DatabaseStartup>().WaitReadyAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Starts it, with the first administrator signed in.</summary>
    public static async Task<(WebHost Host, HttpClient Administrator)> StartWithAdministratorAsync(string? connection = null)
    {
        var host = await StartAsync(connection);
        var browser = host.Browser();
        using var response = await SetUpAsync(browser);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return (host, browser);
    }

    public static Task<HttpResponseMessage> SetUpAsync(HttpClient browser, string token = SetupToken, string password = Password) =>
        PostAsync(browser, "/setup", "setup", ("Input.Token", token), ("Input.Email", Email), ("Input.Password", password), ("Input.Again", password),
            ("Input.Language", "en"), ("Input.PublicUrl", "https://mail-dashboard.example.org"));

    public static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string password, string email = Email) =>
        PostAsync(browser, "/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", password));

    /// <summary>Fetches the page, then sends its form with the token that the page carries.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, string form, params (string Name, string Value)[] fields)
    {
        var page = await browser.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var token = Token().Matches(page)[^1].Groups["value"].Value;
        using var content = new FormUrlEncodedContent(
        [
            new("_handler", form),
            new("__RequestVerificationToken", WebUtility.HtmlDecode(token)),
            .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)),
        ]);
        return await browser.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting(DataFolder.Variable, _folder.Path);
        builder.UseSetting("MailDashboard:SetupToken", SetupToken);
        builder.UseSetting("MailDashboard:Workers:Enabled", "false");
        if (connection is not null)
        {
            builder.UseSetting("ConnectionStrings:MailDashboard", connection);
        }

        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        // Nobody comes back to a page that was closed: it ends before the host does.
        builder.ConfigureServices(services => services.Configure<CircuitOptions>(o => o.DisconnectedCircuitMaxRetained = 0));
        if (Extra is not null)
        {
            builder.ConfigureServices(Extra);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
