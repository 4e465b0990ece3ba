namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>
/// When the message of each channel goes out: something has waited as long as its rule groups, or nothing new came for a while. Until
/// then a channel keeps back everything that it would tell, so that it becomes one message. Pure.
/// </summary>
internal sealed class Ripeness
{
    private readonly Dictionary<int, DateTimeOffset> _at;

    private Ripeness(Dictionary<int, DateTimeOffset> at) => _at = at;

    /// <param name="telling">All that would be told now.</param>
    /// <param name="settle">The while in which nothing new comes.</param>
    public static Ripeness Of(IEnumerable<NoticeItem> telling, TimeSpan settle) => new(
        telling.SelectMany(i => i.Rule.ChannelIds, (item, channel) => (item, channel)).GroupBy(p => p.channel, p => p.item)
            .ToDictionary(channel => channel.Key, channel => OfOne([.. channel.Select(i => (i.Alert.ChangedAt ?? DateTimeOffset.MinValue, TimeSpan.FromSeconds(i.Rule.Terms.GroupSeconds)))], settle)));

    /// <summary>When all channels of its rule are ripe; earlier where something more urgent comes for them, never later.</summary>
    public DateTimeOffset At(NoticeItem item) => item.Rule.ChannelIds.Select(c => _at[c]).DefaultIfEmpty(DateTimeOffset.MinValue).Max();

    /// <summary>What trickles in for an hour has pauses too: where every rule groups for long, a pause is no reason to tell.</summary>
    private static DateTimeOffset OfOne(List<(DateTimeOffset ChangedAt, TimeSpan Group)> waiting, TimeSpan settle)
    {
        var longest = waiting.Min(w => w.ChangedAt + w.Group);
        var settled = waiting.Max(w => w.ChangedAt) + settle;
        return settled < longest && waiting.Exists(w => w.Group <= AlertTimes.LongGroup) ? settled : longest;
    }
}
