using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Channels;

namespace MailDashboard.Monitoring.Outbox;

/// <summary>What an attempt says about the channel, beside the message.</summary>
internal enum ChannelSign
{
    /// <summary>It was about this message or this reader only.</summary>
    Nothing,

    Works,

    /// <summary>It refused this message for good: the fault of the message, unless it refuses the next one too.</summary>
    Refuses,

    Fails,
}

/// <summary>How an attempt to send ended, whatever carried the message.</summary>
/// <param name="IsMail">It went by the profile, which every channel of e-mail shares.</param>
/// <param name="IsAccepted">The other side has it.</param>
/// <param name="IsPermanent">Trying again is useless.</param>
/// <param name="Error">What failed, secrets hidden; null where nothing did.</param>
/// <param name="Wait">Not before, where the other side asked for it.</param>
internal sealed record Attempt(bool IsMail, bool IsAccepted, bool IsPermanent, string? Error, ChannelSign Sign, TimeSpan? Wait = null)
{
    public static Attempt Of(SendResult result) => new(
        true, result.IsAccepted, result.IsPermanent, result.IsAccepted ? null : $"{result.Stage}: {result.Detail}", SignOf(result));

    public static Attempt Of(PostResult result) => new(
        false,
        result.Verdict == PostVerdict.Delivered,
        result.Verdict == PostVerdict.Refused,
        result.Verdict == PostVerdict.Delivered ? null : result.Detail,
        result.Verdict switch { PostVerdict.Delivered => ChannelSign.Works, PostVerdict.Refused => ChannelSign.Refuses, _ => ChannelSign.Fails },
        result.Wait);

    /// <summary>A reader who is refused for good, or put off (4xx), says nothing of the others. What else goes wrong meets everybody.</summary>
    private static ChannelSign SignOf(SendResult result) => result switch
    {
        { IsAccepted: true } => ChannelSign.Works,
        { IsPermanent: true } => ChannelSign.Nothing,
        { Stage: SendStage.Recipient or SendStage.Message } when result.Detail.StartsWith('4') => ChannelSign.Nothing,
        _ => ChannelSign.Fails,
    };
}
