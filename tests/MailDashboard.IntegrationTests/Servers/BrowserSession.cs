using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Servers;

/// <summary>One person in front of one page. Disposing it fails the test for console errors and requests past loopback.</summary>
public sealed class BrowserSession : IAsyncDisposable
{
    /// <summary>How long a page may take to do or to show something, in milliseconds; machines that test are busy.</summary>
    internal const float Patience = 60_000;

    private readonly BrowserOptions options;
    private readonly ConcurrentQueue<string> errors = new();
    private readonly ConcurrentQueue<string> foreign = new();

    private BrowserSession(IBrowserContext context, BrowserOptions options)
    {
        Context = context;
        this.options = options;
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; private set; } = null!;

    /// <summary>What the page reported as wrong: console errors and uncaught exceptions.</summary>
    public IReadOnlyList<string> Errors =>
        [.. errors.Where(error => !options.ExpectedErrors.Any(expected => error.Contains(expected, StringComparison.Ordinal)))];

    /// <summary>Addresses that the page asked for although they are not this machine; they were not let through.</summary>
    public IReadOnlyList<string> ForeignRequests => [.. foreign];

    internal static async Task<BrowserSession> StartAsync(IBrowserContext context, BrowserOptions options)
    {
        var session = new BrowserSession(context, options);
        context.SetDefaultTimeout(Patience);
        await context.RouteAsync("**/*", session.LoopbackOnlyAsync);
        context.Page += (_, page) => session.Watch(page);
        session.Page = await context.NewPageAsync();
        return session;
    }

    /// <summary>Saves what is on the page as <c>artifacts/screens/NAME.png</c>.</summary>
    public async Task<string> ScreenshotAsync(string name, bool fullPage = true)
    {
        Directory.CreateDirectory(Browser.ScreenFolder);
        var path = Path.Combine(Browser.ScreenFolder, $"{name}.png");
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = fullPage, Animations = ScreenshotAnimations.Disabled });
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        Assert.Empty(ForeignRequests);
        Assert.Empty(Errors);
    }

    private static bool IsLoopback(string address) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.IsLoopback || uri.Scheme is "data" or "blob" or "about";

    private async Task LoopbackOnlyAsync(IRoute route)
    {
        if (IsLoopback(route.Request.Url))
        {
            await route.ContinueAsync();
            return;
        }

        foreign.Enqueue(route.Request.Url);
        await route.AbortAsync();
    }

    private void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => errors.Enqueue(error);
        page.WebSocket += (_, socket) =>
        {
            if (!IsLoopback(socket.Url))
            {
                foreign.Enqueue(socket.Url);
            }
        };
    }
}
