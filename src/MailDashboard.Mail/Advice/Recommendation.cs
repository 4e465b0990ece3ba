using System.Collections.Immutable;

namespace MailDashboard.Mail.Advice;

/// <summary>What is decided.</summary>
public enum AdviceTopic
{
    /// <summary>Who runs the servers that send.</summary>
    Hosting,

    /// <summary>By which port systems hand mail in.</summary>
    Submission,

    /// <summary>How people read.</summary>
    Reading,

    /// <summary>Whether campaigns get a name of their own.</summary>
    Separation,
}

/// <summary>What may be chosen.</summary>
public enum AdviceOption
{
    /// <summary>A service that sends, and nothing else.</summary>
    SendingService,

    /// <summary>A service with mailboxes (Microsoft 365, Google Workspace, a hoster).</summary>
    MailboxService,

    /// <summary>Own servers.</summary>
    OwnServer,

    /// <summary>Port 465, TLS from the first byte (RFC 8314 §3.3).</summary>
    Port465,

    /// <summary>Port 587 with STARTTLS (RFC 6409).</summary>
    Port587,

    /// <summary>Nobody reads; only returns and reports need a mailbox.</summary>
    NoReading,

    /// <summary>IMAP (RFC 9051).</summary>
    Imap,

    /// <summary>POP3 (RFC 1939).</summary>
    Pop3,

    /// <summary>MAPI over HTTP: Outlook with Exchange or Microsoft 365.</summary>
    Mapi,

    /// <summary>Everything under one name.</summary>
    OneName,

    /// <summary>Campaigns under a name below the domain.</summary>
    NameForCampaigns,
}

/// <summary>Why.</summary>
public enum AdviceReason
{
    /// <summary>Fewer than <see cref="Adviser.OwnServerPaysFrom"/> messages a month: a service costs less than the work.</summary>
    VolumeIsSmall,

    /// <summary>So many messages that a service costs more than the work.</summary>
    VolumeIsLarge,

    /// <summary>A server that nobody looks after is listed sooner or later.</summary>
    NobodyLooksAfterIt,

    /// <summary>There is somebody to look after it.</summary>
    SomebodyLooksAfterIt,

    /// <summary>People need mailboxes, which a pure sending service does not have.</summary>
    PeopleNeedMailboxes,

    /// <summary>Nobody needs a mailbox: a sending service is enough.</summary>
    NobodyNeedsMailboxes,

    /// <summary>Shared calendars come with Exchange and Microsoft 365.</summary>
    CalendarsAreShared,

    /// <summary>Exchange is there already.</summary>
    ExchangeIsThere,

    /// <summary>Encryption from the first byte cannot be stripped on the way.</summary>
    EncryptedFromTheStart,

    /// <summary>Devices and old software often know STARTTLS only.</summary>
    SystemsKnowStartTls,

    /// <summary>Everything else in use knows it.</summary>
    SystemsKnowTls,

    /// <summary>Several devices show the same state.</summary>
    SameOnEveryDevice,

    /// <summary>Mail is fetched once and read without a network.</summary>
    ReadWithoutNetwork,

    /// <summary>Nobody reads.</summary>
    NobodyReads,

    /// <summary>A campaign that annoys people does not take invoices to the spam folder with it.</summary>
    CampaignsHarmTheRest,

    /// <summary>There is nothing to keep apart.</summary>
    NothingToKeepApart,
}

/// <summary>One advice.</summary>
/// <param name="Topic">What is decided.</param>
/// <param name="Option">What we would choose.</param>
/// <param name="Reasons">Why, the weightiest first.</param>
/// <param name="Others">What else could be chosen.</param>
public sealed record Recommendation(AdviceTopic Topic, AdviceOption Option, ImmutableArray<AdviceReason> Reasons, ImmutableArray<AdviceOption> Others);

/// <summary>What a choice costs in work. Rules of thumb, not measured.</summary>
/// <param name="HoursOnce">To set it up.</param>
/// <param name="HoursAMonth">To keep it.</param>
public sealed record Work(double HoursOnce, double HoursAMonth);
