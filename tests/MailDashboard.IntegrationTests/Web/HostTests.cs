using System.Net;

namespace MailDashboard.IntegrationTests.Web;

public sealed class HostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/app.css", "--accent")]
    [InlineData("/app.js", "maildash")]
    [InlineData("/theme.js", "prefers-color-scheme")]
    [InlineData("/favicon.svg", "<svg")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css", ".mud-")]
    [InlineData("/_framework/blazor.web.js", "Blazor")]
    public async Task StaticFile_WithoutSignIn_HasItsBody(string path, string part)
    {
        await using var host = await WebHost.StartAsync();

        var body = await host.Browser().GetStringAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Contains(part, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_BeforeTheSetup_Answers(string path)
    {
        await using var host = await WebHost.StartAsync();

        using var response = await host.Browser().GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Page_Always_ForbidsFramesAndForeignScripts()
    {
        await using var host = await WebHost.StartAsync();

        using var response = await host.Browser().GetAsync(new Uri("/setup", UriKind.Relative), Cancel);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Language_Chosen_IsKept()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = host.Browser();
        using var form = await ChooseAsync(browser, "fr");

        var page = await browser.GetStringAsync(new Uri("/setup", UriKind.Relative), Cancel);

        Assert.Contains("lang=\"fr\"", page[..200], StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> ChooseAsync(HttpClient browser, string language)
    {
        var page = await browser.GetStringAsync(new Uri("/setup", UriKind.Relative), Cancel);
        const string name = "name=\"__RequestVerificationToken\" value=\"";
        var start = page.IndexOf(name, StringComparison.Ordinal) + name.Length;
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = page[start..page.IndexOf('"', start)],
            ["language"] = language,
            ["returnUrl"] = "/setup",
        });
        return await browser.PostAsync(new Uri("/preferences/language", UriKind.Relative), content, Cancel);
    }
}
