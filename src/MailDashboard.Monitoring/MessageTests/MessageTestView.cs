using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.MessageTests;

/// <summary>A test to be started.</summary>
/// <param name="MailboxId">Where it arrives.</param>
/// <param name="ProfileId">By which the dashboard sends; null where a person sends from elsewhere.</param>
/// <param name="IsBulk">It is mail to many: the rules for unsubscribing apply.</param>
public sealed record MessageTestDraft(int MailboxId, int? ProfileId = null, bool IsBulk = false);

/// <summary>Why a test was not started.</summary>
public enum MessageTestFault
{
    /// <summary>Mailbox or profile is gone.</summary>
    Gone,

    /// <summary>The mailbox has one address: what is sent there from elsewhere cannot be told from other mail.</summary>
    OneAddress,

    /// <summary>A limit of the profile does not allow a message yet.</summary>
    Limit,

    /// <summary>So many tests wait for this mailbox that one of them should end first.</summary>
    TooMany,
}

/// <summary>How starting a test ended.</summary>
/// <param name="Id">Null where it was not started.</param>
/// <param name="Fault">Why it was not.</param>
/// <param name="FreeAt">When the profile may send again.</param>
public sealed record MessageTestStarted(int? Id, MessageTestFault? Fault = null, DateTimeOffset? FreeAt = null);

/// <summary>What went wrong with a test: which of the sentences, and the words of a server, which are for administrators.</summary>
/// <param name="Kind">Key of the sentence.</param>
/// <param name="Detail">Where it ended, and what was said; may be empty. Hostile text, one line.</param>
public sealed record MessageTestProblem(string Kind, string Detail)
{
    /// <summary>The mailbox cannot be read.</summary>
    public const string Mailbox = "mailbox";

    /// <summary>It was not handed in.</summary>
    public const string Sending = "sending";

    /// <summary>The process ended while it handed the message in, and nothing came.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The message is larger than what is fetched.</summary>
    public const string TooLarge = "large";

    /// <summary>It could not be judged.</summary>
    public const string Judging = "judging";

    private const int Longest = 1000;

    internal string Stored => $"{Kind}|{(Detail.Length > Longest ? Detail[..Longest] : Detail)}";

    internal static MessageTestProblem? Read(string? stored) =>
        stored?.Split('|', 2) is [var kind, var detail] ? new MessageTestProblem(kind, detail) : null;
}

/// <summary>A test as lists and pages see it.</summary>
public sealed record MessageTestView(
    int Id,
    string Address,
    MessageTestStatus Status,
    bool IsBulk,
    int MailboxId,
    string MailboxName,
    int? ProfileId,
    string? ProfileName,
    int? DomainId,
    string? DomainName,
    string? StartedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? JudgedAt,
    string? From,
    string? Subject,
    double? Score,
    MessageTestProblem? Problem,
    DateTimeOffset? ShareEndsAt)
{
    /// <summary>From this on, out of ten, nothing of weight is wrong with a message.</summary>
    public const double GoodScore = 9;

    /// <summary>Somebody waits for it.</summary>
    public bool IsUnderWay => Status is MessageTestStatus.Waiting or MessageTestStatus.Arrived;
}

/// <summary>Which tests a list shows.</summary>
/// <param name="DomainId">Of this sender's domain.</param>
/// <param name="ProfileId">Sent by this profile.</param>
public sealed record MessageTestFilter(int? DomainId = null, int? ProfileId = null);

/// <summary>A point of the trend.</summary>
public sealed record MessageTestPoint(int Id, DateTimeOffset At, double Score, string? Subject);
