using System.Text.Json;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Scoring;
using MailDashboard.Tests.Checks.Blocklists;

namespace MailDashboard.Tests.Cli;

public sealed class CheckCommandTests : IDisposable
{
    private readonly ListWorld _world = new();
    private readonly string _file = Path.GetTempFileName();
    private readonly string _input = Path.GetTempFileName();

    public CheckCommandTests()
    {
        File.WriteAllText(_file, ListWorld.Json);
        foreach (var domain in new[] { "example.org", "listed.example", "xn--bcher-kva.example" })
        {
            _world.Dns.Mx(domain, (10, $"mx.{domain}")).Txt(domain, "v=spf1 ip4:192.0.2.10 -all").A($"mx.{domain}", "203.0.113.5");
        }

        _world.Dns.A($"listed.example.{ListWorld.Names}", "127.0.0.2");
    }

    public void Dispose()
    {
        File.Delete(_file);
        File.Delete(_input);
    }

    [Fact]
    public async Task Json_OneFamily_HasEveryFieldOfTheContract()
    {
        var run = await RunAsync("listed.example", "--families", "blocklists", "--json");

        Assert.Equal(1, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        Assert.Equal("listed.example", root.GetProperty("domain").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("score").ValueKind);
        Assert.True(root.GetProperty("dnsQueries").GetInt32() > 0);
        Assert.True(root.GetProperty("durationMs").GetInt64() >= 0);
        var family = Assert.Single(root.GetProperty("families").EnumerateArray());
        Assert.Equal(("blocklists", "completed"), (family.GetProperty("id").GetString(), family.GetProperty("outcome").GetString()));
        Assert.Equal(JsonValueKind.Null, family.GetProperty("reason").ValueKind);
        Assert.Empty(family.GetProperty("undetermined").EnumerateArray());
        var finding = Assert.Single(family.GetProperty("findings").EnumerateArray());
        Assert.Equal("BLK002", finding.GetProperty("code").GetString());
        Assert.Equal("listed.example names.lists.example", finding.GetProperty("subject").GetString());
        Assert.Equal("error", finding.GetProperty("severity").GetString());
        foreach (var text in new[] { "title", "remediation", "reference" })
        {
            Assert.NotEmpty(finding.GetProperty(text).GetString()!);
        }

        var evidence = finding.GetProperty("evidence")[0];
        Assert.Equal(("answer", "127.0.0.2"), (evidence.GetProperty("label").GetString(), evidence.GetProperty("value").GetString()));
    }

    [Fact]
    public async Task Json_AllFamilies_HasAScoreOutOfItsMaximum()
    {
        var run = await RunAsync("example.org", "--dns-only", "--json");

        using var json = JsonDocument.Parse(run.Output);
        var score = json.RootElement.GetProperty("score");
        Assert.InRange(score.GetProperty("value").GetDouble(), 0, score.GetProperty("maximum").GetDouble());
        Assert.Matches("^[A-E]$", score.GetProperty("grade").GetString());
        Assert.Equal(ScoreTable.Version, score.GetProperty("tableVersion").GetInt32());
        Assert.Equal(JsonValueKind.Array, score.GetProperty("caps").ValueKind);
        Assert.All(score.GetProperty("categories").EnumerateArray(), c => Assert.InRange(c.GetProperty("value").GetDouble(), 0, c.GetProperty("maximum").GetDouble()));
    }

    [Fact]
    public async Task Json_OneDomain_HasATranscriptThatItsFindingsPointInto()
    {
        var run = await RunAsync("listed.example", "--families", "blocklists", "--json");

        using var json = JsonDocument.Parse(run.Output);
        var dns = json.RootElement.GetProperty("transcript").GetProperty("dns");
        Assert.Equal(0, json.RootElement.GetProperty("transcript").GetProperty("conversations").GetArrayLength());
        var pointers = json.RootElement.GetProperty("families")[0].GetProperty("findings")[0].GetProperty("transcript");
        var asked = pointers.GetProperty("dns").EnumerateArray().Select(i => dns[i.GetInt32()]).ToList();
        Assert.All(asked, q => Assert.Equal($"listed.example.{ListWorld.Names}", q.GetProperty("name").GetString()));
        var question = asked[0];
        Assert.Equal((0, $"listed.example.{ListWorld.Names}", "A"), (pointers.GetProperty("conversations").GetArrayLength(), question.GetProperty("name").GetString(), question.GetProperty("type").GetString()));
        Assert.Equal(("answered", "127.0.0.2"), (question.GetProperty("status").GetString(), question.GetProperty("answers")[0].GetString()));
        foreach (var property in new[] { "server", "authenticated", "fromCache", "ms" })
        {
            Assert.True(question.TryGetProperty(property, out _), property);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Input_HasATranscriptOnlyWhereItIsWanted(bool isWanted)
    {
        await File.WriteAllTextAsync(_input, "listed.example\n", TestContext.Current.CancellationToken);

        var run = await RunAsync(["--input", _input, "--families", "blocklists", .. isWanted ? ["--transcript"] : Array.Empty<string>()]);

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(isWanted, json.RootElement.TryGetProperty("transcript", out _));
        Assert.Equal(isWanted, json.RootElement.GetProperty("families")[0].GetProperty("findings")[0].TryGetProperty("transcript", out _));
    }

    [Fact]
    public async Task NothingWrong_Is0() => Assert.Equal(0, (await RunAsync("example.org", "--families", "blocklists")).ExitCode);

    [Fact]
    public async Task FamilyThatToldNothing_Is2()
    {
        foreach (var name in new[] { $"2.0.0.127.{ListWorld.Ip}", $"2.0.0.127.{ListWorld.Other}", $"test.{ListWorld.Names}" })
        {
            _world.Dns.Fail(name, DnsRecordType.A, DnsStatus.ServFail);
        }

        Assert.Equal(2, (await RunAsync("example.org", "--families", "blocklists")).ExitCode);
    }

    [Fact]
    public async Task Plain_SaysWhatWasSeenAndWhatToDo()
    {
        var run = await RunAsync("listed.example", "--families", "blocklists");

        Assert.Contains("ERROR", run.Output, StringComparison.Ordinal);
        Assert.Contains("seen   Answer: 127.0.0.2", run.Output, StringComparison.Ordinal);
        Assert.Contains("do     1. ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Theory]
    [InlineData("spff", "is no family")]
    [InlineData(",", "name at least one")]
    public async Task UnknownFamily_Is64WithTheRightOnes(string families, string message)
    {
        var run = await RunAsync("example.org", "--families", families);

        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("blocklists", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("example.org", "--selector", "a b")]
    [InlineData("example.org", "--own-host", "a b")]
    [InlineData("example.org", "--client-host", "192.0.2.1")]
    [InlineData("example.org", "--sending-address", "1")]
    [InlineData("192.0.2.1")]
    [InlineData("com")]
    [InlineData("example.org", "--input", "x")]
    [InlineData("--concurrency", "0", "--input", "x")]
    [InlineData("--input", "/nowhere/domains.txt")]
    [InlineData("example.org", "--colour")]
    [InlineData("example.org", "--blocklist-key", "nobody=x")]
    public async Task WrongUsage_Is64InOneLine(params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Input_PrintsOneObjectALineAndGoesOnAfterWhatFails()
    {
        await File.WriteAllTextAsync(_input, "example.org\n\n# a comment\nno domain at all\r\nbücher.example\nlisted.example\n", TestContext.Current.CancellationToken);

        var run = await RunAsync("--input", _input, "--concurrency", "2", "--families", "blocklists");

        Assert.Equal(1, run.ExitCode);
        var lines = run.Output.TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(
            ["example.org", "listed.example", "no domain at all", "xn--bcher-kva.example"],
            lines.Select(l => l.GetProperty("domain").GetString()).Order(StringComparer.Ordinal));
        Assert.True(Assert.Single(lines, l => l.TryGetProperty("error", out _)).GetProperty("error").GetString()!.Length > 0);
        Assert.Empty(run.Error);
    }

    private Task<CliRun> RunAsync(params string[] args) => CliRun.OfAsync(_world.Dns, ["check", "--blocklist-data", _file, .. args]);
}
