using System.Globalization;
using System.Text.Json;
using MailDashboard.Mail.Messages;

namespace MailDashboard.Tests.Mail.Messages;

public class FormJudgementTests
{
    private readonly WellWorld _world = new();

    [Theory]
    [InlineData("Date: Tue, 24 Nov 2026 09:59:50 +0000\n", "", "MSG100:1")]
    [InlineData("Tue, 24 Nov 2026 09:59:50 +0000", "yesterday", "MSG101:1")]
    [InlineData("24 Nov 2026 09:59:50", "20 Nov 2026 09:59:50", "MSG102:0.5")]
    [InlineData("Message-ID: <1@good.example>\n", "", "MSG103:0.5")]
    [InlineData("<1@good.example>", "<no id>", "MSG104:0.3")]
    [InlineData("<1@good.example>", "<1@good.example> (the first)", "")]
    [InlineData("Anna <anna@good.example>", "anna@good.example, ben@good.example", "MSG106:3")]
    [InlineData("Anna <anna@good.example>", "ben@nowhere.example, anna@good.example", "MSG106:3")]
    [InlineData("To: test", "Reply-To: nobody\nTo: test", "MSG107:0.3")]
    [InlineData("To: test", "Subject: again\nTo: test", "MSG108:1")]
    [InlineData("Minutes of the meeting", "", "MSG113:0.5")]
    [InlineData("Minutes of the meeting", "MINUTES OF THE MEETING", "MSG114:0.3")]
    [InlineData("Minutes of the meeting", "Größe", "MSG111:0.5")]
    public async Task Field_Wrong_CostsAlone(string before, string after, string costs) => Assert.Equal(costs, WellWorld.Costs(await JudgeAsync(before, after)));

    [Fact]
    public async Task MimeVersion_Missing_CostsAlone() => Assert.Equal("MSG112:0.3", WellWorld.Costs(await JudgeAsync("MIME-Version: 1.0\n", "", keepsMime: false)));

    [Fact]
    public async Task From_Missing_CostsAlone()
    {
        var text = _world.Text.Replace("From: Anna <anna@good.example>\n", "", StringComparison.Ordinal);

        Assert.Equal("MSG105:3 MSG020:1.5", WellWorld.Costs(await _world.JudgeAsync(WellWorld.Crlf(text))));
    }

    [Fact]
    public async Task LongLine_CostsAlone() => Assert.Equal("MSG109:0.5", WellWorld.Costs(await JudgeAsync("here are the minutes", $"here {new string('x', 1000)} are the minutes")));

    [Fact]
    public async Task BareLineFeed_CostsAlone()
    {
        byte[] signed = [.. _world.Signed(), .. "epilogue\n"u8];

        var verdict = await _world.JudgeAsync(signed);

        Assert.Contains(verdict.Marks, m => m is { Code: "MSG110", Points: 0.5m });
    }

    [Theory]
    [InlineData("", "MSG080:1")]
    [InlineData("List-Unsubscribe: <https://www.good.example/u>\n", "MSG081:1")]
    [InlineData("List-Unsubscribe: <mailto:u@good.example>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n", "MSG082:1")]
    [InlineData("List-Unsubscribe: <https://www.good.example/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n", "MSG083:1")]
    public async Task Bulk_OneThingMissing_CostsAlone(string fields, string costs)
    {
        Assert.Equal(costs, WellWorld.Costs(await JudgeAsync("To: test", $"Precedence: bulk\n{fields}To: test")));
        _world.IsBulk = false;
        Assert.Equal("", WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Fact]
    public async Task Bulk_OneClickSigned_IsFine()
    {
        _world.Text = _world.Text.Replace("To: test", "List-Unsubscribe: <https://www.good.example/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\nList-Id: <l.good.example>\nTo: test", StringComparison.Ordinal);

        var verdict = await _world.JudgeAsync(_world.Signed(fields: ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "List-Unsubscribe", "List-Unsubscribe-Post"]));

        Assert.Equal(10m, verdict.Score);
        Assert.Contains(verdict.Fine, f => f.Key == "oneClick");
    }

    [Fact]
    public async Task Bulk_OneClickSignedByABrokenSignatureAlone_CostsAlone()
    {
        const string both = "List-Unsubscribe: <mailto:u@good.example>, <https://www.good.example/\n u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\nList-Id: <l.good.example>\n";
        _world.Text = _world.Text.Replace("To: test", $"{both}To: test", StringComparison.Ordinal);
        _world.Text = System.Text.Encoding.UTF8.GetString(_world.Signed(selector: "gone", fields: ["From", "List-Unsubscribe", "List-Unsubscribe-Post"]));

        var verdict = await _world.JudgeAsync();

        Assert.Equal("MSG083:1", WellWorld.Costs(verdict));
        Assert.DoesNotContain(verdict.Fine, f => f.Key == "oneClick");
    }

    [Fact]
    public async Task Nothing_IsNoMessage()
    {
        var observation = await new MessageJudge(_world.Dns, null, [], TimeProvider.System).ObserveAsync(new MessageRequest(Array.Empty<byte>(), WellWorld.Now), TestContext.Current.CancellationToken);

        Assert.Equal(0m, MessageAnalyzer.Analyze(observation).Score);
    }

    [Fact]
    public async Task Verdict_SurvivesJson()
    {
        var verdict = await JudgeAsync("Minutes of the meeting", "");

        var back = JsonSerializer.Deserialize<MessageVerdict>(JsonSerializer.Serialize(verdict))!;

        Assert.Equal((verdict.Score, verdict.FromDomain), (back.Score, back.FromDomain));
        Assert.Equal(verdict.Marks.Select(m => (m.Code, m.Points, m.Subject)), back.Marks.Select(m => (m.Code, m.Points, m.Subject)));
        Assert.Equal(verdict.Fine.Select(f => f.Value), back.Fine.Select(f => f.Value));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Texts_OfAMarkedMessage_AreFilledIn(string language)
    {
        _world.Dns.Remove(WellWorld.From).Txt(WellWorld.From, "v=spf1 ip4:bad -all").Remove($"s1._domainkey.{WellWorld.From}");
        _world.Received = _world.Received.Replace("from mx.good.example", "from nowhere.good.example", StringComparison.Ordinal);
        var verdict = await JudgeAsync("Minutes of the meeting", "MINUTES OF THE MEETING");
        var culture = CultureInfo.GetCultureInfo(language);

        Assert.True(verdict.Marks.Length >= 5);
        Assert.All(verdict.Marks, mark =>
        {
            var text = MessageTexts.Render(verdict, mark, culture);
            Assert.DoesNotContain('{', text.Title + text.Explanation + string.Concat(text.Remedy));
            Assert.NotEmpty(text.Remedy);
            Assert.All(MessageTexts.EvidenceFor(mark, culture), e => Assert.NotEqual(e.Label, MessageTexts.Label(e, culture)));
        });
    }

    private Task<MessageVerdict> JudgeAsync(string before, string after, bool keepsMime = true)
    {
        Assert.Contains(before, _world.Text, StringComparison.Ordinal);
        _world.Text = _world.Text.Replace(before, after, StringComparison.Ordinal);
        return _world.JudgeAsync(_world.Signed(fields: keepsMime ? null : ["From", "To", "Subject", "Date", "Message-ID", "Content-Type"]));
    }
}
