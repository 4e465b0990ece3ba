using System.Text.Json;

namespace MailDashboard.IntegrationTests.Checks.Smtp;

/// <summary>Real Postfix and Exim servers: a right one is silent, and one fault is one finding.</summary>
public sealed class SmtpServersTests(SmtpServersWorld world) : IClassFixture<SmtpServersWorld>
{
    [Theory]
    [InlineData("postfix", "")]
    [InlineData("exim", "")]
    [InlineData("pushy", "")]
    [InlineData("greylisting", "")]
    [InlineData("elsewhere", "SMTP003")]
    [InlineData("nopostmaster", "SMTP005")]
    [InlineData("noabuse", "SMTP006")]
    [InlineData("slow", "")]
    public async Task Check_RealServer_IsSilentOrNamesItsFaultAlone(string host, string codes)
    {
        var audit = await world.CheckAsync(host, "smtp");

        Assert.Equal(codes, Codes(audit));
        Assert.Equal("completed", audit.GetProperty("families")[0].GetProperty("outcome").GetString());
        Assert.Equal(host == "greylisting" ? 1 : 0, audit.GetProperty("families")[0].GetProperty("undetermined").GetArrayLength());
    }

    [Fact]
    public async Task Check_SlowServer_IsNamedAlone() => Assert.Equal("SMTP007", Codes(await world.CheckAsync("slow", "smtp", new FastClock(6))));

    [Theory]
    [InlineData("postfix", "")]
    [InlineData("exim", "")]
    [InlineData("relay", "SMTP008")]
    public async Task Check_OwnHost_IsAnOpenRelayOrNot(string host, string codes)
    {
        var audit = await world.CheckAsync(host, "smtp", null, "--own-host", $"{host}.{SmtpServersWorld.Domain}");

        Assert.Equal(codes, Codes(audit));
        var talks = audit.GetProperty("transcript").GetProperty("conversations").EnumerateArray().ToList();
        Assert.Equal(2, talks.Count);
        Assert.Contains("RCPT TO:<relay-test@example.net>", Commands(talks[1]));
        Assert.All(talks, t => Assert.DoesNotContain(Commands(t), c => c.StartsWith("DATA", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Check_NotConfirmedAsOwn_IsNeverTestedForRelaying()
    {
        var audit = await world.CheckAsync("relay", "smtp");

        Assert.Equal("", Codes(audit));
        var talk = Assert.Single(audit.GetProperty("transcript").GetProperty("conversations").EnumerateArray());
        Assert.Equal(
            ["MAIL FROM:<>", $"RCPT TO:<postmaster@{SmtpServersWorld.Zone("relay")}>", $"RCPT TO:<abuse@{SmtpServersWorld.Zone("relay")}>", "RSET", "QUIT"],
            Commands(talk).SkipWhile(c => !c.StartsWith("MAIL", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Check_Finding_PointsAtItsConversation()
    {
        var audit = await world.CheckAsync("nopostmaster", "smtp");

        var pointers = audit.GetProperty("families")[0].GetProperty("findings")[0].GetProperty("transcript");
        var talk = audit.GetProperty("transcript").GetProperty("conversations")[Assert.Single(pointers.GetProperty("conversations").EnumerateArray()).GetInt32()];
        Assert.Equal(("smtp", 25), (talk.GetProperty("protocol").GetString(), talk.GetProperty("port").GetInt32()));
        Assert.Contains(talk.GetProperty("lines").EnumerateArray(), l => l.GetProperty("from").GetString() == "server" && l.GetProperty("text").GetString()!.Contains("Unknown user", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_Exim_StartTlsSeesTheSameConversation()
    {
        var audit = await world.CheckAsync("exim", "smtp,starttls");

        // The authority is not trusted here, which is all that is to be said.
        Assert.Equal("STL014", Codes(audit));
        Assert.Single(audit.GetProperty("transcript").GetProperty("conversations").EnumerateArray());
    }

    private static string Codes(JsonElement audit) => string.Join(
        ' ',
        audit.GetProperty("families").EnumerateArray()
            .SelectMany(f => f.GetProperty("findings").EnumerateArray())
            .Where(f => f.GetProperty("severity").GetString() != "info")
            .Select(f => f.GetProperty("code").GetString()));

    private static IEnumerable<string> Commands(JsonElement talk) =>
        talk.GetProperty("lines").EnumerateArray().Where(l => l.GetProperty("from").GetString() == "client").Select(l => l.GetProperty("text").GetString()!);
}
