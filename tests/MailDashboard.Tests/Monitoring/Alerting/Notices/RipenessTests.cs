using System.Collections.Immutable;
using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Tests.Monitoring.Alerting.Notices;

/// <summary>What waits for a channel, as seconds at which it changed and seconds for which its rule groups → when the message goes out.</summary>
public class RipenessTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData("0+60", 8)]
    [InlineData("0+0", 0)]
    [InlineData("0+5", 5)]
    [InlineData("0+60 5+60", 13)]
    [InlineData("0+60 5+60 11+60 18+60 25+60 32+60 39+60 46+60 55+60", 60)]
    [InlineData("0+3600", 3600)]
    [InlineData("0+3600 1800+3600", 3600)]
    [InlineData("0+3600 1800+60", 1808)]
    [InlineData("0+3600 1800+1200", 3000)]
    [InlineData("0+120", 8)]
    [InlineData("0+121", 121)]
    public void At_WhatWaitsTogether_IsOneMoment(string waiting, int seconds)
    {
        var items = waiting.Split(' ').Select(w => w.Split('+').Select(int.Parse).ToArray()).Select(w => Item(w[0], w[1], 1)).ToList();

        var ripeness = Ripeness.Of(items, Settle);

        Assert.All(items, i => Assert.Equal(Start.AddSeconds(seconds), ripeness.At(i)));
    }

    [Fact]
    public void At_SeveralChannels_WaitsForTheLastAndDelaysNoOther()
    {
        var (fast, both, slow) = (Item(0, 60, 1), Item(0, 3600, 1, 2), Item(0, 3600, 2));

        var ripeness = Ripeness.Of([fast, both, slow], Settle);

        Assert.Equal([8, 3600, 3600], new[] { fast, both, slow }.Select(i => (ripeness.At(i) - Start).TotalSeconds));
    }

    private static NoticeItem Item(int changedAt, int group, params int[] channels) => new(
        new Alert { Family = "spf", Code = "SPF001", SubjectKey = "domain:example.org", EvidenceJson = "[]", ChangedAt = Start.AddSeconds(changedAt) },
        new ActiveRule(1, null, null, new RuleTerms { GroupSeconds = group }, ImmutableArray.Create(channels), Start),
        new NoticeVerdict(Telling.Opened));
}
