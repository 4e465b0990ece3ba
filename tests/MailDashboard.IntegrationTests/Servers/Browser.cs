using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Servers;

/// <summary>One Chromium, Debian's own without a window to draw, for every test of the assembly; each test opens its own context.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium-headless-shell";
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-domain-reliability",
        // Whatever Chromium itself might still want to look up does not exist.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ];

    private readonly SemaphoreSlim starting = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Where screenshots go: <c>artifacts/screens</c> in the repository, which git ignores.</summary>
    public static string ScreenFolder { get; } = Path.Combine(Repository.Root, "artifacts", "screens");

    // Tests that need no browser share the assembly: it starts with the first that opens a page.
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens a fresh context (no cookies, no storage) with one page.</summary>
    public async Task<BrowserSession> OpenAsync(BrowserOptions? options = null)
    {
        var wanted = options ?? new BrowserOptions();
        var running = await StartAsync();
        var context = await running.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = wanted.Locale,
            TimezoneId = "Europe/Paris",
            ViewportSize = new ViewportSize { Width = wanted.Width, Height = wanted.Height },
            ColorScheme = wanted.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return await BrowserSession.StartAsync(context, wanted);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        starting.Dispose();
    }

    /// <summary>The one that runs. One that has crashed fails the test that was in front of it, and not every later one.</summary>
    private async Task<IBrowser> StartAsync()
    {
        await starting.WaitAsync();
        try
        {
            if (playwright is null)
            {
                // As patient with what a page comes to show as with what it is asked to do.
                Assertions.SetDefaultExpectTimeout(BrowserSession.Patience);
                playwright = await Playwright.CreateAsync();
            }

            if (browser is not { IsConnected: true })
            {
                browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Arguments, Headless = true });
            }

            return browser;
        }
        finally
        {
            starting.Release();
        }
    }
}
