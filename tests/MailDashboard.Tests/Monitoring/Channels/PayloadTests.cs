using System.Globalization;
using System.Text;
using System.Text.Json;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Tests.Monitoring.Channels;

public sealed class PayloadTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static TheoryData<ChannelKind> Posted => [ChannelKind.Webhook, ChannelKind.Slack, ChannelKind.Teams, ChannelKind.Ntfy];

    [Theory]
    [MemberData(nameof(Posted))]
    public void Compose_HostileText_ActsNowhere(ChannelKind kind)
    {
        var texts = Strings(Parse(ChannelPayloads.Compose(kind, HostileAnnouncement.Of(3), English))).ToList();

        Assert.Contains(texts, t => t.Contains("gnp.exe", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, t => t.EnumerateRunes().Any(r => r.Value is < 0x20 and not '\n' or 0x7f or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x2028 or 0x2029));
        if (kind == ChannelKind.Slack)
        {
            Assert.DoesNotContain(texts, t => t.Contains("<!", StringComparison.Ordinal) || t.Contains("<@", StringComparison.Ordinal) || t.Contains("<https://evil", StringComparison.Ordinal));
        }

        if (kind == ChannelKind.Teams)
        {
            Assert.DoesNotContain(texts, t => t.Contains("{{", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Posted))]
    public void Compose_LinkThatIsNoWebAddress_IsLeftOut(ChannelKind kind)
    {
        var told = HostileAnnouncement.Of(1, "javascript:alert(1)");
        var payload = ChannelPayloads.Compose(kind, told with { Incidents = [told.Incidents[0] with { Link = "https://good@evil.example/" }] }, English);

        Assert.DoesNotContain(Strings(Parse(payload)), t => t.StartsWith("javascript:", StringComparison.Ordinal) || t.Contains("evil.example/", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Posted))]
    public void Compose_AThousandIncidents_FitsAndCountsTheRest(ChannelKind kind)
    {
        var payload = ChannelPayloads.Compose(kind, HostileAnnouncement.Of(1000) with { More = 9000 }, English);
        var root = Parse(payload);

        Assert.InRange(Encoding.UTF8.GetByteCount(payload), 100, kind switch { ChannelKind.Ntfy => 8192, ChannelKind.Teams => 21_000, ChannelKind.Slack => 28_000, _ => 256 * 1024 });
        var shown = kind switch
        {
            ChannelKind.Webhook => root.GetProperty("incidents").GetArrayLength(),
            ChannelKind.Slack => root.GetProperty("blocks").EnumerateArray().Count(b => Strings(b).Any(s => s.StartsWith("New · Critical", StringComparison.Ordinal))),
            ChannelKind.Teams => Card(root).GetProperty("body").EnumerateArray().Count(b => b.GetProperty("type").GetString() == "Container"),
            _ => root.GetProperty("message").GetString()!.Split('\n').Count(l => l.StartsWith('•')),
        };
        Assert.True(shown > 3, $"{shown} shown");
        Assert.Contains((10_000 - shown).ToString(CultureInfo.InvariantCulture), payload, StringComparison.Ordinal);
    }

    [Fact]
    public void Slack_LongTexts_StayWithinTheBlocks()
    {
        var long1 = new string('<', 9000);
        var told = new Announcement("group", long1, long1, [.. Enumerable.Range(0, 100).Select(i => HostileAnnouncement.Incident(i) with { Title = "t", Effect = "", Subject = "s", Domains = [], MoreDomains = 0, FirstStep = null })], 0, null, HostileAnnouncement.At);

        var blocks = Parse(ChannelPayloads.Compose(ChannelKind.Slack, told, English)).GetProperty("blocks");

        Assert.InRange(blocks.GetArrayLength(), 10, 50);
        Assert.Equal("header", blocks[0].GetProperty("type").GetString());
        Assert.InRange(blocks[0].GetProperty("text").GetProperty("text").GetString()!.Length, 1, 150);
        Assert.All(blocks.EnumerateArray().Where(b => b.GetProperty("type").GetString() == "section"), b =>
        {
            Assert.Equal("plain_text", b.GetProperty("text").GetProperty("type").GetString());
            Assert.InRange(b.GetProperty("text").GetProperty("text").GetString()!.Length, 1, 3000);
        });
    }

    [Fact]
    public void Teams_EveryText_IsARunThatKnowsNoMarkdown()
    {
        var payload = ChannelPayloads.Compose(ChannelKind.Teams, HostileAnnouncement.Of(2), English);
        var card = Card(Parse(payload));

        Assert.Equal(("AdaptiveCard", "1.4"), (card.GetProperty("type").GetString(), card.GetProperty("version").GetString()));
        Assert.DoesNotContain("\"TextBlock\"", payload, StringComparison.Ordinal);
        Assert.Equal("https://dash.example.org/alerts", card.GetProperty("actions")[0].GetProperty("url").GetString());
    }

    [Theory]
    [InlineData(Severity.Critical, AnnouncedState.Open, 5, "rotating_light")]
    [InlineData(Severity.Error, AnnouncedState.Reminder, 4, "rotating_light")]
    [InlineData(Severity.Warning, AnnouncedState.Open, 3, "warning")]
    [InlineData(Severity.Notice, AnnouncedState.Open, 2, "information_source")]
    [InlineData(Severity.Critical, AnnouncedState.Resolved, 2, "white_check_mark")]
    public void Ntfy_SeverityAndState_ArePriorityAndTag(Severity severity, AnnouncedState state, int priority, string tag)
    {
        var root = Parse(ChannelPayloads.Compose(ChannelKind.Ntfy, HostileAnnouncement.Single(HostileAnnouncement.Incident(1, state, severity)), English));

        Assert.Equal((priority, tag), (root.GetProperty("priority").GetInt32(), root.GetProperty("tags")[0].GetString()));
        Assert.Equal("https://dash.example.org/alerts/1", root.GetProperty("click").GetString());
        Assert.False(root.TryGetProperty("topic", out _));
    }

    [Theory]
    [InlineData('"')]
    [InlineData('é')]
    [InlineData('\u4e2d')]
    public void Ntfy_TextThatGrows_StaysWithinTheServersLimits(char c)
    {
        var text = new string(c, 20_000);
        var payload = ChannelPayloads.Compose(ChannelKind.Ntfy, new("incident", text, text, [HostileAnnouncement.Incident(1) with { Title = text, Effect = text }], 0, null, HostileAnnouncement.At), English);

        Assert.InRange(Encoding.UTF8.GetByteCount(payload), 500, 8000);
        Assert.InRange(Encoding.UTF8.GetByteCount(Parse(payload).GetProperty("message").GetString()!), 100, 4096);
    }

    [Fact]
    public void Webhook_AnIncident_IsWhatTheReadmeSays()
    {
        var root = Parse(ChannelPayloads.Compose(ChannelKind.Webhook, HostileAnnouncement.Single(new(
            12, AnnouncedState.Resolved, "BLK001", Severity.Error, "T", "E", "192.0.2.10", ["example.org"], 2, HostileAnnouncement.At.AddHours(-1), HostileAnnouncement.At, "F", "https://dash.example.org/alerts/12")), English));
        var incident = root.GetProperty("incidents")[0];

        Assert.Equal((1, "incident", "s", "t", "2026-03-01T09:00:00Z", 0), (
            root.GetProperty("version").GetInt32(), root.GetProperty("kind").GetString(), root.GetProperty("subject").GetString(), root.GetProperty("text").GetString(), root.GetProperty("at").GetString(), root.GetProperty("more").GetInt32()));
        Assert.Equal((12, "resolved", "BLK001", "error", "192.0.2.10"), (
            incident.GetProperty("id").GetInt32(), incident.GetProperty("state").GetString(), incident.GetProperty("code").GetString(), incident.GetProperty("severity").GetString(), incident.GetProperty("subject").GetString()));
        Assert.Equal(("2026-03-01T08:00:00Z", "2026-03-01T09:00:00Z", 2), (incident.GetProperty("since").GetString(), incident.GetProperty("until").GetString(), incident.GetProperty("moreDomains").GetInt32()));
    }

    [Fact]
    public void Compose_InFrench_HasFrenchWords()
    {
        var payload = ChannelPayloads.Compose(ChannelKind.Teams, HostileAnnouncement.Single(HostileAnnouncement.Incident(1)), CultureInfo.GetCultureInfo("fr"));

        Assert.Contains("Nouveau · Critique", payload, StringComparison.Ordinal);
        Assert.Contains("Voir dans le tableau de bord", payload, StringComparison.Ordinal);
    }

    private static JsonElement Card(JsonElement root) => root.GetProperty("attachments")[0].GetProperty("content");

    private static JsonElement Parse(string payload) => JsonDocument.Parse(payload).RootElement;

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Strings(p.Value)),
        _ => [],
    };
}
