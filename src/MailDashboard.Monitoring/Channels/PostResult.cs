namespace MailDashboard.Monitoring.Channels;

/// <summary>What becomes of a message that was posted.</summary>
public enum PostVerdict
{
    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>Worth another attempt.</summary>
    Later,

    /// <summary>The receiver will never take this message.</summary>
    Refused,
}

/// <summary>What went wrong, as far as a person can mend it.</summary>
public enum PostProblem
{
    None,

    /// <summary>DNS knows no address, or does not answer.</summary>
    NoAddress,

    /// <summary>Only private addresses, or <c>http</c> to one that is not allowed.</summary>
    Guarded,

    /// <summary>Nothing listens, or there is no way there.</summary>
    NoConnection,

    /// <summary>The certificate does not prove the name, or TLS failed.</summary>
    NotTrusted,

    /// <summary>No answer in time, or none that is HTTP.</summary>
    NoAnswer,

    /// <summary>A redirect, which is not followed.</summary>
    Redirected,

    /// <summary>401, 403, 404, 410 and their like: the address or the key is wrong, or no longer valid.</summary>
    WrongAddress,

    /// <summary>The receiver does not understand this message, or finds it too large.</summary>
    BadMessage,

    /// <summary>The receiver wants to be asked less, or later.</summary>
    Busy,

    /// <summary>The receiver fails.</summary>
    ReceiverFails,
}

/// <summary>How posting ended. A failure is data.</summary>
/// <param name="Status">HTTP status; 0 where there was none.</param>
/// <param name="Detail">What was seen, one line, secrets hidden. Hostile text.</param>
/// <param name="Wait">What the receiver asked for; at most an hour.</param>
public sealed record PostResult(PostVerdict Verdict, PostProblem Problem, int Status, string Detail, TimeSpan? Wait = null);
