using MailDashboard.Mail.Mailboxes;

namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>How a mailbox gets an address for each test.</summary>
public enum TestAddressing
{
    /// <summary>It receives no tests.</summary>
    None,

    /// <summary><c>user+token@example.org</c> (RFC 5233).</summary>
    PlusAddress,

    /// <summary>Every address of a domain arrives there.</summary>
    CatchAll,
}

/// <summary>A mailbox that we read: for tests of messages, or as a seed that shows where mail is filed.</summary>
public sealed class Mailbox : ServerAccount
{
    public MailboxProtocol Protocol { get; set; }

    /// <summary>Where mail for it is sent. For <see cref="TestAddressing.CatchAll"/> only its domain matters.</summary>
    public required string Address { get; set; }

    public TestAddressing Addressing { get; set; }

    /// <summary>It is one of those that placement is tested with.</summary>
    public bool IsSeed { get; set; }

    /// <summary>Id of the mailbox provider (<c>gmail</c>, <c>outlook</c> …), by which its headers and folders are read; null for any other.</summary>
    public string? Provider { get; set; }

    /// <summary>Name of its spam folder where the server does not say (RFC 6154).</summary>
    public string? SpamFolder { get; set; }

    /// <summary>Own relays in front of it, addresses and networks as typed: what hands a message to them is the sending server.</summary>
    public string? Relays { get; set; }
}
