using System.Text.Json;
using MailDashboard.Cli;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Cli;

public class ExplainCommandTests
{
    [Fact]
    public async Task Explain_Json_HasTheContractsFields()
    {
        var run = await CliRun.OfAsync(new FakeDns(), "explain", "550-5.7.26 Unauthenticated email is not accepted - gsmtp", "--json");

        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        Assert.Equal((ExitCode.Good, ""), (run.ExitCode, run.Error));
        Assert.Equal("550", root.GetProperty("reply").GetString());
        Assert.Equal("5.7.26", root.GetProperty("enhanced").GetString());
        Assert.Equal("permanent", root.GetProperty("class").GetString());
        Assert.Equal("Gmail", root.GetProperty("provider").GetString());
        Assert.Contains("Gmail", root.GetProperty("meaning").GetString(), StringComparison.Ordinal);
        Assert.All(new[] { "causes", "remedies", "checks" }, p => Assert.True(root.GetProperty(p).GetArrayLength() > 0));
    }

    [Fact]
    public async Task Explain_Plain_SaysWhatToDo()
    {
        var run = await CliRun.OfAsync(new FakeDns(), "explain", "421 OFR004_104 too many connections");

        Assert.Equal(ExitCode.Good, run.ExitCode);
        Assert.StartsWith("TEMPORARY 421 from Orange", run.Output, StringComparison.Ordinal);
        Assert.Contains("What to do:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_WithoutQuotes_IsUnderstood() =>
        Assert.Contains("PERMANENT 550 5.1.1", (await CliRun.OfAsync(new FakeDns(), "explain", "550", "5.1.1", "unknown")).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    public async Task Explain_NoReply_IsWrongUsage(string text)
    {
        var run = await CliRun.OfAsync(new FakeDns(), "explain", text);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Explain_HostileReply_PrintsNoControlCharacters()
    {
        var run = await CliRun.OfAsync(new FakeDns(), "explain", "550 5.7.1 \u001b[31mred\u0007", "--json");

        Assert.DoesNotContain(run.Output.ReplaceLineEndings(""), char.IsControl);
    }
}
