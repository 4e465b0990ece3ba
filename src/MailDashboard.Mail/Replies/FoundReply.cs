namespace MailDashboard.Mail.Replies;

/// <summary>A server's reply, found in whatever stood around it.</summary>
/// <param name="Code">The reply code of RFC 5321 §4.2, 200 to 599; null where the text holds an enhanced status code alone.</param>
/// <param name="Enhanced">The enhanced status code, where there is one.</param>
/// <param name="Text">The words of the server, its lines joined, without the codes; cleaned and capped.</param>
public sealed record FoundReply(int? Code, EnhancedStatusCode? Enhanced, string Text)
{
    /// <summary>2 to 5: the reply code decides, where both are there and disagree.</summary>
    public int Class => Code / 100 ?? Enhanced?.Class ?? 0;

    /// <summary>The two codes contradict each other, which RFC 3463 §2 forbids.</summary>
    public bool IsContradictory => Code is { } code && Enhanced is { } enhanced && code / 100 != enhanced.Class;
}
