using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Marks about the sending server and its reputation.</summary>
internal static class ServerMarks
{
    /// <summary>HELO is no complete host name.</summary>
    public static MarkDefinition HeloInvalid { get; } = new(new("MSG060", Severity.Warning, "RFC 5321 §4.1.1.1"), 0.5m, MarkArea.Server);

    /// <summary>The HELO name has no address.</summary>
    public static MarkDefinition HeloUnresolved { get; } = new(new("MSG061", Severity.Warning, "RFC 5321 §2.3.5"), 0.5m, MarkArea.Server);

    /// <summary>The address has no PTR.</summary>
    public static MarkDefinition NoReverseName { get; } = new(new("MSG062", Severity.Error, "RFC 1912 §2.1"), 1.5m, MarkArea.Server);

    /// <summary>The reverse name does not lead back.</summary>
    public static MarkDefinition ReverseNotConfirmed { get; } = new(new("MSG063", Severity.Error, "RFC 8601 §2.7.3"), 1m, MarkArea.Server);

    /// <summary>The reverse name is like a home connection's.</summary>
    public static MarkDefinition GenericName { get; } = new(new("MSG064", Severity.Warning, "RFC 1912 §2.1"), 0.5m, MarkArea.Server);

    /// <summary>The last hop was not encrypted.</summary>
    public static MarkDefinition Unencrypted { get; } = new(new("MSG065", Severity.Warning, "RFC 3207 §4"), 1m, MarkArea.Server);

    /// <summary>TLS 1.0 or 1.1.</summary>
    public static MarkDefinition OldTls { get; } = new(new("MSG066", Severity.Warning, "RFC 8996 §2"), 0.5m, MarkArea.Server);

    /// <summary>An earlier hop between organisations was not encrypted.</summary>
    public static MarkDefinition EarlierUnencrypted { get; } = new(new("MSG067", Severity.Notice, "RFC 3207 §4"), 0m, MarkArea.Server);

    /// <summary>A blocklist lists the sending address.</summary>
    public static MarkDefinition AddressListed { get; } = new(new("MSG070", Severity.Error, "RFC 5782 §2.1"), 1m, MarkArea.Reputation);

    /// <summary>A blocklist lists a domain of the message.</summary>
    public static MarkDefinition DomainListed { get; } = new(new("MSG071", Severity.Error, "RFC 5782 §3"), 1m, MarkArea.Reputation);

    /// <summary>All of them.</summary>
    public static ImmutableArray<MarkDefinition> All { get; } =
    [
        HeloInvalid, HeloUnresolved, NoReverseName, ReverseNotConfirmed, GenericName, Unencrypted, OldTls, EarlierUnencrypted, AddressListed, DomainListed,
    ];
}
