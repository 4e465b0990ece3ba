using System.Collections.Immutable;

namespace MailDashboard.Mail.Advice;

/// <summary>What mail is for.</summary>
public enum MailPurpose
{
    /// <summary>Invoices and orders from business software.</summary>
    Invoices,

    /// <summary>Notices that a machine sends to one person: an order is on its way, a password is reset.</summary>
    Notices,

    /// <summary>The same message to many: newsletters and offers.</summary>
    Campaigns,

    /// <summary>People write and read.</summary>
    Mailboxes,

    /// <summary>Calendars, address books and rooms that people share.</summary>
    Calendars,

    /// <summary>People who read where the network is slow or often away.</summary>
    WeakNetworks,
}

/// <summary>What hands mail in.</summary>
public enum SendingSystem
{
    /// <summary>Business software (ERP, accounting).</summary>
    BusinessSoftware,

    /// <summary>A web site or a shop.</summary>
    Website,

    /// <summary>Printers, scanners, alarm systems: they often know no encryption from the first byte.</summary>
    Devices,

    /// <summary>A mail server on Linux or BSD.</summary>
    UnixServer,

    /// <summary>Exchange on own machines.</summary>
    Exchange,

    /// <summary>Mail programs of people.</summary>
    MailPrograms,
}

/// <summary>With what people read.</summary>
public enum ReadingWith
{
    /// <summary>Outlook on the desktop.</summary>
    Outlook,

    /// <summary>Any other mail program.</summary>
    MailProgram,

    /// <summary>Telephones.</summary>
    Phone,

    /// <summary>A browser.</summary>
    Browser,
}

/// <summary>What the person said.</summary>
public sealed record AdviserAnswers
{
    /// <summary>At least one.</summary>
    public ImmutableHashSet<MailPurpose> Purposes { get; init; } = [];

    /// <summary>Messages a month, all recipients counted.</summary>
    public int MonthlyVolume { get; init; }

    /// <summary>What hands mail in.</summary>
    public ImmutableHashSet<SendingSystem> Systems { get; init; } = [];

    /// <summary>Empty where nobody reads.</summary>
    public ImmutableHashSet<ReadingWith> Readers { get; init; } = [];

    /// <summary>Somebody has the time and the knowledge to run a mail server, on holidays too.</summary>
    public bool HasMailStaff { get; init; }
}
