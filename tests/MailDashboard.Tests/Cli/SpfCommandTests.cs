using System.Text.Json;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Cli;
using MailDashboard.Tests.Checks.Spf;
using MailDashboard.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Cli;

public class SpfCommandTests
{
    private static readonly string[] Question = ["spf", "--ip", "192.0.2.9", "--helo", "helo.example.com", "--mail-from"];

    [Fact]
    public async Task Spf_Json_HasTheContractsFields()
    {
        var dns = SpfWorld.With("v=spf1 mx include:spf.example.net exp=why.example.org -all").Txt("why.example.org", "no \"%{i}\"");

        var (exit, output, error) = await RunAsync(dns, [.. Question, "user@example.org", "--json"]);

        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        Assert.Equal((ExitCode.Good, ""), (exit, error));
        Assert.Equal("fail", root.GetProperty("result").GetString());
        Assert.Equal("no \"192.0.2.9\"", root.GetProperty("explanation").GetString());
        Assert.Equal("-all", root.GetProperty("matchedTerm").GetString());
        Assert.Equal((2, 0), (root.GetProperty("dnsLookups").GetInt32(), root.GetProperty("voidLookups").GetInt32()));
        var include = root.GetProperty("tree").GetProperty("terms")[1];
        Assert.Equal("include:spf.example.net", include.GetProperty("term").GetString());
        Assert.Equal("ip4:198.51.100.0/24", include.GetProperty("included").GetProperty("terms")[0].GetProperty("term").GetString());
    }

    [Theory]
    [InlineData("v=spf1 ip4:192.0.2.9 -all", "pass", 0)]
    [InlineData("v=spf1 ~all", "softfail", 0)]
    [InlineData("v=spf1 ?all", "neutral", 0)]
    [InlineData("no record", "none", 0)]
    [InlineData("v=spf1 foo", "permerror", 0)]
    [InlineData("v=spf1 a:slow.example -all", "temperror", 2)]
    public async Task Spf_Result_GivesItsExitStatus(string record, string result, int exit)
    {
        var dns = SpfWorld.With(record).Fail("slow.example", DnsRecordType.A, DnsStatus.Timeout);

        var json = await RunAsync(dns, [.. Question, "user@example.org", "--json"]);
        var plain = await RunAsync(dns, [.. Question, "user@example.org"]);

        Assert.Equal(exit, json.Exit);
        Assert.Contains($"\"result\": \"{result}\"", json.Output, StringComparison.Ordinal);
        Assert.StartsWith($"{result}: ", plain.Output, StringComparison.Ordinal);
        Assert.Equal(exit, plain.Exit);
    }

    [Theory]
    [InlineData("", "helo.example.com")]
    [InlineData("<>", "helo.example.com")]
    [InlineData("@example.org", "example.org")]
    [InlineData("user@example.org", "example.org")]
    public async Task Spf_MailFrom_ChoosesTheDomain(string mailFrom, string domain)
    {
        var dns = new FakeDns().Txt(domain, "v=spf1 +all");

        var (_, output, _) = await RunAsync(dns, [.. Question, mailFrom]);

        Assert.StartsWith("pass: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spf_Domain_IsLookedAtInPlaceOfTheSenders()
    {
        var (_, output, _) = await RunAsync(new FakeDns().Txt("other.example", "v=spf1 exists:%{o}.%{d} -all").A("example.org.other.example", "127.0.0.2"), [.. Question, "user@example.org", "--domain", "other.example"]);

        Assert.StartsWith("pass: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("frob")]
    [InlineData("spf --ip 192.0.2.9 --helo x")]
    [InlineData("spf --ip 192.0.2 --helo x --mail-from x@example.org")]
    [InlineData("spf --ip 192.0.2.9 --helo x --mail-from x@example.org --frob")]
    [InlineData("spf --ip 192.0.2.9 --helo x --mail-from x@example.org --dns example.org:dns")]
    [InlineData("spf --ip 192.0.2.9 --helo x --mail-from")]
    public async Task Run_WrongUsage_SaysInOneLineWhatIsRight(string line)
    {
        var (exit, output, error) = await RunAsync(new FakeDns(), line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((ExitCode.Usage, ""), (exit, output));
        Assert.Contains("usage: maildash", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spf_HostileRecord_PrintsNoControlCharacters()
    {
        var (_, output, _) = await RunAsync(SpfWorld.With("v=spf1 a\u001b[31m\r\nx -all"), [.. Question, "user@example.org"]);

        Assert.DoesNotContain(output.Replace("\n", "", StringComparison.Ordinal), char.IsControl);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(FakeDns dns, string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost(output, error, new FakeTimeProvider(), (_, _, _) => Task.FromResult<IDnsResolver>(dns));
        var exit = await MaildashCommand.RunAsync(args, host);
        return (exit, output.ToString(), error.ToString());
    }
}
