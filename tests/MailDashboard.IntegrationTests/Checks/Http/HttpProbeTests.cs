using System.Net;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.IntegrationTests.Checks.Smtp;
using MailDashboard.IntegrationTests.Servers;

namespace MailDashboard.IntegrationTests.Checks.Http;

/// <summary>Against servers that do what no web server does.</summary>
public sealed class HttpProbeTests : IDisposable
{
    private readonly HttpWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", HttpEnd.Broken)]
    [InlineData("<html>HTTP/0.9</html>\r\n", HttpEnd.Broken)]
    [InlineData("SSH-2.0-x\r\n\r\n", HttpEnd.Broken)]
    [InlineData("", HttpEnd.Broken)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: Text/Plain; charset=utf-8\r\n\r\nwhole", HttpEnd.Answered)]
    public async Task FetchAsync_OneAnswerThenClosed_EndsSo(string answer, HttpEnd end)
    {
        await using var server = HttpWorld.Serve(world.Certificates.Issue("www.example.test").Certificate, (s, stop) => LoopbackServer.SendAsync(s, answer, stop));

        var seen = await world.FetchAsync($"https://www.example.test:{server.Port}/");

        Assert.Equal(end, seen.End);
        Assert.Equal(end == HttpEnd.Answered ? "text/plain" : "", seen.MediaType);
    }

    [Fact]
    public async Task FetchAsync_ManyOctets_StopsAtTheLimit()
    {
        await using var server = HttpWorld.Serve(world.Certificates.Issue("www.example.test").Certificate, async (s, stop) =>
        {
            await LoopbackServer.SendAsync(s, "HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n", stop);
            await EndlessAsync(s, "xxxxxxxx", stop);
        });

        var seen = await world.FetchAsync($"https://www.example.test:{server.Port}/");

        Assert.Equal((HttpEnd.TooLarge, 64 * 1024), (seen.End, seen.Body.Length));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", "X: y\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: ", "yyyyyyyy")]
    public async Task FetchAsync_HeadersWithoutEnd_AreTooLarge(string start, string again)
    {
        await using var server = HttpWorld.Serve(world.Certificates.Issue("www.example.test").Certificate, async (s, stop) =>
        {
            await LoopbackServer.SendAsync(s, start, stop);
            await EndlessAsync(s, again, stop);
        });

        Assert.Equal(HttpEnd.TooLarge, (await world.FetchAsync($"https://www.example.test:{server.Port}/")).End);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FetchAsync_ServerThatGoesSilent_TimesOut(bool afterHeaders)
    {
        await using var server = HttpWorld.Serve(world.Certificates.Issue("www.example.test").Certificate, async (s, stop) =>
        {
            if (afterHeaders)
            {
                await LoopbackServer.SendAsync(s, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\ndrip", stop);
            }

            await Task.Delay(Timeout.Infinite, stop);
        });

        var seen = await world.FetchAsync($"https://www.example.test:{server.Port}/", r => r with { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(HttpEnd.TimedOut, seen.End);
        Assert.InRange(seen.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task FetchAsync_NeverShakesHands_TimesOut()
    {
        await using var server = new LoopbackServer((_, stop) => Task.Delay(Timeout.Infinite, stop));

        var seen = await world.FetchAsync($"https://www.example.test:{server.Port}/", r => r with { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(HttpEnd.TimedOut, seen.End);
        Assert.InRange(seen.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task FetchAsync_ClosedInTheHandshake_IsBrokenAndNoCertificateFault()
    {
        await using var server = new LoopbackServer((_, _) => Task.CompletedTask);

        Assert.Equal(HttpEnd.Broken, (await world.FetchAsync($"https://www.example.test:{server.Port}/")).End);
    }

    [Fact]
    public async Task FetchAsync_PlainServer_IsATlsFailure()
    {
        await using var server = new LoopbackServer((s, stop) => LoopbackServer.SendAsync(s, "HTTP/1.1 400 Bad Request\r\n\r\n", stop));

        Assert.Equal(HttpEnd.Tls, (await world.FetchAsync($"https://www.example.test:{server.Port}/")).End);
    }

    [Fact]
    public async Task FetchAsync_NobodyListens_IsRefused()
    {
        var free = LoopbackPorts.Free();

        var seen = await world.FetchAsync($"https://www.example.test:{free.Port}/");

        Assert.Equal((HttpEnd.Refused, IPAddress.Loopback), (seen.End, seen.Address));
    }

    [Theory]
    [InlineData("127.0.0.2", "127.0.0.1")]
    [InlineData("127.0.0.2", "::1")]
    [InlineData("127.0.0.1", "::1")]
    public async Task FetchAsync_OneOfTwoAddressesListens_IsReached(string first, string second)
    {
        var listening = IPAddress.Parse(first == "127.0.0.1" ? first : second);
        await using var server = new LoopbackServer(
            async (s, stop) =>
            {
                await LoopbackServer.CommandAsync(s, stop);
                await LoopbackServer.SendAsync(s, "HTTP/1.1 200 OK\r\n\r\n", stop);
            },
            new IPEndPoint(listening, 0));
        world.Addresses = [IPAddress.Parse(first), IPAddress.Parse(second)];

        var seen = await world.FetchAsync($"http://www.example.test:{server.Port}/");

        Assert.Equal((HttpEnd.Answered, listening), (seen.End, seen.Address));
        Assert.Null(seen.Failure);
    }

    [Fact]
    public async Task FetchAsync_FirstAddressRefusesAndSecondBreaks_IsBroken()
    {
        await using var server = new LoopbackServer((_, _) => Task.CompletedTask, new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        world.Addresses = [IPAddress.Loopback, IPAddress.Parse("127.0.0.2")];

        Assert.Equal(HttpEnd.Broken, (await world.FetchAsync($"https://www.example.test:{server.Port}/")).End);
    }

    [Theory]
    [InlineData(DnsStatus.NxDomain, HttpEnd.NoAddress)]
    [InlineData(DnsStatus.NoData, HttpEnd.NoAddress)]
    [InlineData(DnsStatus.ServFail, HttpEnd.DnsFailed)]
    [InlineData(DnsStatus.Timeout, HttpEnd.DnsFailed)]
    public async Task FetchAsync_NoAddress_TellsWhetherDnsKnows(DnsStatus status, HttpEnd end)
    {
        world.Addresses = [];
        world.Otherwise = status;

        var seen = await world.FetchAsync("https://www.example.test/");

        Assert.Equal((end, end == HttpEnd.DnsFailed), (seen.End, seen.Unanswered is not null));
        Assert.Empty(seen.Conversations);
    }

    [Fact]
    public async Task FetchAsync_RedirectToAGuardedAddress_IsNotDialled()
    {
        await using var inside = new LoopbackServer((s, stop) => LoopbackServer.SendAsync(s, "HTTP/1.1 200 OK\r\n\r\nsecret", stop), new IPEndPoint(IPAddress.Parse("127.0.0.3"), 0));
        await using var server = HttpWorld.Serve(
            world.Certificates.Issue("www.example.test").Certificate,
            (s, stop) => LoopbackServer.SendAsync(s, $"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.3:{inside.Port}/\r\nContent-Length: 0\r\n\r\n", stop));
        world.Guard = new AddressGuard(IpNetworkList.Parse("127.0.0.1/32"));

        var seen = await world.FetchAsync($"https://www.example.test:{server.Port}/", r => r with { RedirectLimit = 3 });

        Assert.Equal((HttpEnd.Guarded, 0, "127.0.0.3"), (seen.End, inside.Connections, seen.Uri.IdnHost));
    }

    [Theory]
    [InlineData("http://www.example.test/")]
    [InlineData("ftp://www.example.test/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://[")]
    public async Task FetchAsync_RedirectToAnythingButHttps_IsNotFollowed(string location)
    {
        await using var server = HttpWorld.Serve(
            world.Certificates.Issue("www.example.test").Certificate,
            (s, stop) => LoopbackServer.SendAsync(s, $"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n", stop));

        var seen = await world.FetchAsync($"https://www.example.test:{server.Port}/", r => r with { RedirectLimit = 3 });

        Assert.Equal((HttpEnd.TooManyRedirects, location, 1), (seen.End, seen.Location, server.Connections));
    }

    private static async Task EndlessAsync(Stream stream, string text, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await LoopbackServer.SendAsync(stream, text, stop);
        }
    }
}
