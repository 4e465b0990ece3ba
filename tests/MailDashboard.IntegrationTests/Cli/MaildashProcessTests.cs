using System.Text.Json;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;

namespace MailDashboard.IntegrationTests.Cli;

/// <summary>The program as people start it, against a real rbldnsd.</summary>
public sealed class MaildashProcessTests
{
    private const string Zen = "zen.spamhaus.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Blocklist_ListedOnOneAndUnansweredByTheOthers_PrintsOneDocumentAndEndsWith1()
    {
        await using var rbl = await RblServer.StartAsync([(Zen, RblKind.Ip4)], cancellationToken: Token);
        await rbl.ListAsync(Zen, "192.0.2.10", "127.0.0.4", "a bot", Token);

        var run = await RunAsync("blocklist", "192.0.2.10", "--dns", rbl.EndPoint.ToString(), "--json");

        Assert.Equal((1, ""), (run.Status, run.Errors));
        using var json = JsonDocument.Parse(run.Output);
        var states = json.RootElement.GetProperty("lists").EnumerateArray()
            .ToDictionary(l => l.GetProperty("zone").GetString()!, l => l.GetProperty("state").GetString());
        Assert.Equal("listed", states[Zen]);
        Assert.Equal("unknown", states["psbl.surriel.com"]);
        Assert.DoesNotContain("notListed", states.Values);
    }

    [Fact]
    public async Task Blocklist_NothingAnswers_EndsWith2()
    {
        await using var rbl = await RblServer.StartAsync([("elsewhere.example", RblKind.Ip4)], cancellationToken: Token);

        Assert.Equal(2, (await RunAsync("blocklist", "192.0.2.10", "--dns", rbl.EndPoint.ToString())).Status);
    }

    [Fact]
    public async Task Check_InputFile_PrintsALineForEachDomain()
    {
        await using var rbl = await RblServer.StartAsync([("dbl.spamhaus.org", RblKind.Domain)], cancellationToken: Token);
        using var folder = new ServerFolder("maildash");
        var input = folder.Write("domains.txt", string.Join('\n', Enumerable.Range(1, 50).Select(i => $"d{i}.example").Append("no domain")));

        var run = await RunAsync("check", "--input", input, "--dns", rbl.EndPoint.ToString(), "--dns-only", "--concurrency", "8");

        Assert.Equal(2, run.Status);
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal(51, lines.Length);
        Assert.All(lines, l => JsonDocument.Parse(l).Dispose());
        Assert.Empty(run.Errors);
    }

    private static Task<Shell.Result> RunAsync(params string[] args) =>
        Shell.TryRunAsync(["dotnet", Path.Combine(AppContext.BaseDirectory, "maildash.dll"), .. args], cancellationToken: Token);
}
