using System.Net;

namespace MailDashboard.IntegrationTests.Web;

public sealed class SetupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/domains")]
    [InlineData("/sign-in")]
    [InlineData("/settings/people")]
    [InlineData("/no-such-page")]
    public async Task EveryPage_WithoutAnAdministrator_LeadsToTheSetup(string path)
    {
        await using var host = await WebHost.StartAsync();

        using var response = await host.Browser().GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("/setup", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Setup_WithAWrongToken_CreatesNobody()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = host.Browser();

        using var response = await WebHost.SetUpAsync(browser, token: "a-guess");
        var page = await response.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("This is not the token", page, StringComparison.Ordinal);
        Assert.Contains("value=\"admin@example.org\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(WebHost.Password, page, StringComparison.Ordinal);
        using var again = await browser.GetAsync(new Uri("/", UriKind.Relative), Cancel);
        Assert.Equal("/setup", again.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Setup_WithAShortPassword_SaysSo()
    {
        await using var host = await WebHost.StartAsync();

        using var response = await WebHost.SetUpAsync(host.Browser(), password: "short");

        Assert.Contains("At least 12 characters, please.", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_WhenDone_SignsInAndIsClosed()
    {
        var (host, administrator) = await WebHost.StartWithAdministratorAsync();
        await using var _ = host;

        using var overview = await administrator.GetAsync(new Uri("/", UriKind.Relative), Cancel);
        using var page = await host.Browser().GetAsync(new Uri("/setup", UriKind.Relative), Cancel);
        using var empty = new FormUrlEncodedContent([]);
        using var post = await host.Browser().PostAsync(new Uri("/setup", UriKind.Relative), empty, Cancel);

        Assert.Equal(HttpStatusCode.OK, overview.StatusCode);
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
    }

    [Fact]
    public async Task Setup_AskedInFrench_IsFrench()
    {
        await using var host = await WebHost.StartAsync();

        var page = WebUtility.HtmlDecode(await host.Browser("fr").GetStringAsync(new Uri("/setup", UriKind.Relative), Cancel));

        Assert.Contains("<html lang=\"fr\"", page, StringComparison.Ordinal);
        Assert.Contains("Mise en service de Mail Dashboard", page, StringComparison.Ordinal);
        Assert.Contains("Créer l’administrateur", page, StringComparison.Ordinal);
    }
}
