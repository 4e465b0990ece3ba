using MailDashboard.Checks;
using MailDashboard.Mail.Messages.Filters;
using MailDashboard.Mail.Messages.Judging;

namespace MailDashboard.Tests.Mail.Messages;

public class MessageFilterTests
{
    private const string Reply = """
        SPAMD/1.1 0 EX_OK
        Content-length: 500
        Spam: True ; 6.1 / 5.0

        Spam detection software, running on the system "x", has
        Content analysis details:   (6.1 points, 5.0 required)

         pts rule name              description
        ---- ---------------------- --------------------------------------------------
         3.1 FREE_MONEY             BODY: Offers money
                                    for nothing
         3.5 SPF_FAIL               SPF: sender does not match SPF record (fail)
        -0.5 KNOWN_SENDER           Known

        """;

    private readonly WellWorld _world = new();

    [Fact]
    public void Spamd_Report_IsReadRuleByRule()
    {
        var report = SpamdFilter.Parse(Reply);

        Assert.Equal((6.1m, 5.0m, null), (report.Score, report.Required, report.WhyNot));
        Assert.Equal(["SPF_FAIL", "FREE_MONEY", "KNOWN_SENDER"], report.Rules.Select(r => r.Name));
        Assert.Equal("BODY: Offers money for nothing", report.Rules[1].Description);
        Assert.Equal(-0.5m, report.Rules[2].Points);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 400")]
    [InlineData("SPAMD/1.1 76 Bad header line\r\n\r\n")]
    public void Spamd_SomethingElse_IsUndetermined(string reply) => Assert.Equal("FilterBroken", SpamdFilter.Parse(reply).WhyNot?.Key);

    [Fact]
    public void Rspamd_Reply_IsReadRuleByRule()
    {
        var report = RspamdFilter.Parse("""{"score":7.5,"required_score":15,"action":"add header","symbols":{"A":{"name":"A","score":8.0,"description":"Bad"},"B":{"score":-0.5}}}"""u8.ToArray());

        Assert.Equal((7.5m, 15m), (report.Score, report.Required));
        Assert.Equal(new FilterRule("A", 8.0m, "Bad"), report.Rules[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"error\":\"x\"}")]
    [InlineData("{\"score\":1e999,\"required_score\":{}}")]
    public void Rspamd_SomethingElse_IsUndetermined(string reply) => Assert.Equal("FilterBroken", RspamdFilter.Parse(System.Text.Encoding.UTF8.GetBytes(reply)).WhyNot?.Key);

    [Fact]
    public async Task Spam_ForFaultsJudgedHere_CostsNothingMore()
    {
        _world.Filters.Add(new Fixed(SpamdFilter.Parse(Reply)));

        var verdict = await _world.JudgeAsync();

        Assert.Equal("", WellWorld.Costs(verdict));
        Assert.Contains(verdict.Marks, m => m.Code == "MSG151");
    }

    [Fact]
    public async Task Spam_OfTwoFilters_CostsOnce()
    {
        _world.Filters.Add(new Fixed(new FilterReport("SpamAssassin", 9, 5, [new FilterRule("FREE_MONEY", 9, "")])));
        _world.Filters.Add(new Fixed(new FilterReport("rspamd", 20, 15, [new FilterRule("MONEY", 20, "")])));

        var verdict = await _world.JudgeAsync();

        Assert.Equal("MSG150:3", WellWorld.Costs(verdict));
        Assert.Equal(2, verdict.Marks.Count(m => m.Code == "MSG150"));
    }

    [Fact]
    public async Task Unavailable_CostsNothing()
    {
        _world.Filters.Add(new Fixed(FilterReport.Unavailable("rspamd", "FilterTimedOut")));

        var verdict = await _world.JudgeAsync();

        Assert.Equal(10m, verdict.Score);
        Assert.Contains(verdict.Undetermined, u => u.Subject.Name == "rspamd");
    }

    [Fact]
    public void OwnScore_LeavesOutWhatIsJudgedHere() => Assert.Equal(2.6m, FilterJudge.OwnScore(SpamdFilter.Parse(Reply)));

    private sealed class Fixed(FilterReport report) : IMessageFilter
    {
        public string Name => report.Filter;

        public Task<FilterReport> JudgeAsync(ReadOnlyMemory<byte> message, FilterEnvelope envelope, CancellationToken cancellationToken) => Task.FromResult(report);
    }
}
