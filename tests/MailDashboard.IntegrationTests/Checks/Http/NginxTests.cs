using System.Security.Authentication;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.IntegrationTests.Servers.Web;

namespace MailDashboard.IntegrationTests.Checks.Http;

/// <summary>Against nginx, right and with one fault each.</summary>
public sealed class NginxTests : IAsyncLifetime
{
    private readonly HttpWorld world = new();
    private readonly TestCertificates strangers = new(name: "An authority nobody knows");
    private NginxServer nginx = null!;

    public async ValueTask InitializeAsync()
    {
        var files = new Dictionary<string, string> { ["/page"] = "hello", ["/big"] = new('x', 100_000) };
        nginx = await NginxServer.StartAsync(
            LoopbackPorts.Free(),
            [
                Site("right", world.Certificates.Issue("right.example.test")) with { Files = files, Extra = "location /once { return 301 /page; } location /round { return 302 /round; }" },
                Site("other", world.Certificates.Issue("elsewhere.example.test")),
                Site("expired", world.Certificates.IssueExpired("expired.example.test")),
                Site("self", world.Certificates.SelfSigned("self.example.test")),
                Site("unknown", strangers.Issue("unknown.example.test")),
            ],
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await nginx.DisposeAsync();
        strangers.Dispose();
        world.Dispose();
    }

    [Fact]
    public async Task FetchAsync_RightServer_GivesTheBodyAndTheConversation()
    {
        var seen = await FetchAsync("right", "/page");

        Assert.Equal((HttpEnd.Answered, 200, "text/plain", "hello"), (seen.End, seen.Status, seen.MediaType, System.Text.Encoding.UTF8.GetString(seen.Body.Span)));
        Assert.Equal(SslProtocols.Tls13, seen.Tls!.Protocol);
        Assert.True(seen.Tls.Certificate!.NameMatches);
        var talk = Assert.Single(seen.Conversations);
        Assert.Equal(("https", "right.example.test", nginx.EndPoint.Port, null), (talk.Protocol, talk.Host, talk.Port, talk.Failure));
        Assert.Contains("GET /page", talk.Lines.Select(l => l.Line));
        Assert.Contains("content-type: text/plain", talk.Lines.Select(l => l.Line));
    }

    [Theory]
    [InlineData("other", "NameMismatch")]
    [InlineData("expired", "NotTimeValid")]
    [InlineData("self", "UntrustedRoot")]
    [InlineData("unknown", "PartialChain,UntrustedRoot")]
    public async Task FetchAsync_WrongCertificate_IsATlsFailureWithItsFacts(string site, string failures)
    {
        var seen = await FetchAsync(site, "/page");

        Assert.Equal((HttpEnd.Tls, 0), (seen.End, seen.Status));
        Assert.Contains(failures.Split(','), f => seen.Failure!.Contains(f, StringComparison.Ordinal));
        Assert.NotNull(seen.Tls?.Certificate);
        Assert.Equal(site != "other", seen.Tls!.Certificate.NameMatches);
    }

    [Fact]
    public async Task FetchAsync_TrustNotRequired_GoesOnAndTellsAllTheSame()
    {
        var seen = await FetchAsync("self", "/page", r => r with { RequireTrust = false });

        Assert.Equal((HttpEnd.Answered, 404), (seen.End, seen.Status));
        Assert.NotEmpty(seen.Tls!.Certificate!.ChainStatus);
    }

    [Theory]
    [InlineData("/once", 0, HttpEnd.Answered, 301)]
    [InlineData("/once", 2, HttpEnd.Answered, 200)]
    [InlineData("/round", 2, HttpEnd.TooManyRedirects, 302)]
    [InlineData("/big", 0, HttpEnd.TooLarge, 200)]
    [InlineData("/nothing", 0, HttpEnd.Answered, 404)]
    public async Task FetchAsync_RedirectsAndSizes_EndAsAsked(string path, int redirects, HttpEnd end, int status)
    {
        var seen = await FetchAsync("right", path, r => r with { RedirectLimit = redirects });

        Assert.Equal((end, status), (seen.End, seen.Status));
        Assert.Equal(seen.Redirects.Length + 1, seen.Conversations.Length);
    }

    private static NginxSite Site(string name, TestCertificate certificate) => new($"{name}.example.test", certificate);

    private Task<HttpObservation> FetchAsync(string site, string path, Func<HttpRequest, HttpRequest>? change = null) =>
        world.FetchAsync($"https://{site}.example.test:{nginx.EndPoint.Port}{path}", change);
}
