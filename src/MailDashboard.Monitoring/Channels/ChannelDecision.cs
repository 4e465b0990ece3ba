namespace MailDashboard.Monitoring.Channels;

/// <summary>What is to be told of a channel, by the others.</summary>
public enum ChannelNews
{
    Nothing,

    /// <summary>It has failed for an hour.</summary>
    Fails,

    /// <summary>What was told is over.</summary>
    WorksAgain,

    /// <summary>Somebody switched it off: nothing is told, and what was told is forgotten.</summary>
    Forget,
}

/// <summary>When the other channels are told of one that fails. Pure.</summary>
public static class ChannelDecision
{
    /// <summary>A failure that ends sooner is told to nobody.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public static ChannelNews Decide(bool isEnabled, DateTimeOffset? failingSince, DateTimeOffset? warnedAt, DateTimeOffset now) => (isEnabled, failingSince, warnedAt) switch
    {
        (false, _, null) => ChannelNews.Nothing,
        (false, _, _) => ChannelNews.Forget,
        (_, null, null) => ChannelNews.Nothing,
        (_, null, _) => ChannelNews.WorksAgain,

        // Told of this failure already, not of one before it.
        (_, { } since, { } told) when told >= since => ChannelNews.Nothing,
        (_, { } since, _) => now - since >= Patience ? ChannelNews.Fails : ChannelNews.Nothing,
    };
}
