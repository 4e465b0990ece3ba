using System.Text.Json;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Checks.Blocklists;

namespace MailDashboard.Tests.Cli;

public sealed class BlocklistCommandTests : IDisposable
{
    private readonly ListWorld _world = new();
    private readonly string _file = Path.GetTempFileName();

    public BlocklistCommandTests() => File.WriteAllText(_file, ListWorld.Json);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Json_Listed_HasEveryFieldOfTheContract()
    {
        _world.Dns.A($"10.2.0.192.{ListWorld.Ip}", "127.0.0.2");

        var run = await RunAsync("192.0.2.10", "--json");

        Assert.Equal(1, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("192.0.2.10", json.RootElement.GetProperty("subject").GetString());
        var list = json.RootElement.GetProperty("lists")[0];
        Assert.Equal(("ip.lists.example", "listed", "https://lists.example/?q=192.0.2.10"), (Text(list, "zone"), Text(list, "state"), Text(list, "removalUrl")));
        var code = Assert.Single(list.GetProperty("codes").EnumerateArray());
        Assert.Equal(("127.0.0.2", "Spam.", "critical"), (Text(code, "answer"), Text(code, "meaning"), Text(code, "weight")));
        Assert.Equal(["listed", "notListed", "off"], json.RootElement.GetProperty("lists").EnumerateArray().Select(l => Text(l, "state")));
    }

    [Fact]
    public async Task NotListed_Is0() => Assert.Equal(0, (await RunAsync("192.0.2.10")).ExitCode);

    [Fact]
    public async Task InternationalDomain_IsAskedAsALabels()
    {
        _world.Dns.A($"xn--bcher-kva.example.{ListWorld.Names}", "127.0.0.2");

        Assert.Equal(1, (await RunAsync("Bücher.example.")).ExitCode);
    }

    [Fact]
    public async Task NoListAnswers_Is2WithTheReasons()
    {
        foreach (var zone in new[] { ListWorld.Ip, ListWorld.Other })
        {
            _world.Dns.Fail($"2.0.0.127.{zone}", DnsRecordType.A, DnsStatus.Timeout);
        }

        var run = await RunAsync("192.0.2.10");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("No answer in time", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusedEverywhere_IsUnknownAndNeverListed()
    {
        foreach (var zone in new[] { ListWorld.Ip, ListWorld.Other })
        {
            _world.Dns.Remove($"2.0.0.127.{zone}").A($"*.{zone}", "127.255.255.254");
        }

        var run = await RunAsync("192.0.2.10", "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("\"listed\"", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"notListed\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_OpensTheListAndIsNotPrinted()
    {
        _world.Dns.A($"10.2.0.192.{ListWorld.Key}.dq.lists.example", "127.0.0.2")
            .Txt($"10.2.0.192.{ListWorld.Key}.dq.lists.example", $"via {ListWorld.Key}.dq.lists.example");

        var run = await RunAsync("192.0.2.10", "--json", "--blocklist-key", $"publisher={ListWorld.Key}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("via ***.dq.lists.example", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ListWorld.Key, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.300")]
    [InlineData("192.0.2")]
    [InlineData("localhost")]
    [InlineData("exa mple.org")]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("http://example.org/")]
    public async Task NoAddressNorDomain_Is64(string subject)
    {
        var run = await RunAsync(subject);

        Assert.Equal(64, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task HostileText_DoesNotReachTheTerminal()
    {
        _world.Dns.A($"10.2.0.192.{ListWorld.Ip}", "127.0.0.2").Txt($"10.2.0.192.{ListWorld.Ip}", "\u001b[2J\u202Eevil");

        var run = await RunAsync("192.0.2.10");

        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u202E', run.Output);
    }

    [Fact]
    public async Task BrokenData_Is64AndSaysWhatIsWrong()
    {
        File.WriteAllText(_file, """{"lists": [{"id": "a", "zone": "dnsbl.sorbs.net", "kinds": ["ipv4"], "codes": [{"match": "127.0.0.2", "en": "x"}]}]}""");

        var run = await RunAsync("192.0.2.10");

        Assert.Equal(64, run.ExitCode);
        Assert.Contains("dead", run.Error, StringComparison.Ordinal);
    }

    private Task<CliRun> RunAsync(params string[] args) => CliRun.OfAsync(_world.Dns, ["blocklist", "--blocklist-data", _file, .. args]);

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();
}
