using System.Collections.Immutable;

namespace MailDashboard.Checks.Smtp;

/// <summary>Everything the family can say.</summary>
public static class SmtpFindings
{
    /// <summary>The server introduces itself by something that is no full name. A notice for a host of somebody else's.</summary>
    public static readonly FindingDefinition NoFullName = new("SMTP001", Severity.Warning, "RFC 5321 §2.3.5");

    /// <summary>The name by which the server introduces itself has no address. A notice for a host of somebody else's.</summary>
    public static readonly FindingDefinition NameWithoutAddress = new("SMTP002", Severity.Warning, "RFC 5321 §2.3.5");

    /// <summary>The name leads to other addresses, and is not the address's reverse name.</summary>
    public static readonly FindingDefinition NameElsewhere = new("SMTP003", Severity.Notice, "RFC 5321 §4.1.4");

    /// <summary>Greeting and reply to EHLO give different names.</summary>
    public static readonly FindingDefinition TwoNames = new("SMTP004", Severity.Notice, "RFC 5321 §4.3.1");

    /// <summary>Mail for the postmaster is refused.</summary>
    public static readonly FindingDefinition PostmasterRefused = new("SMTP005", Severity.Warning, "RFC 5321 §4.5.1");

    /// <summary>Complaints are refused.</summary>
    public static readonly FindingDefinition AbuseRefused = new("SMTP006", Severity.Notice, "RFC 2142 §4");

    /// <summary>It takes its time to answer a command.</summary>
    public static readonly FindingDefinition Slow = new("SMTP007", Severity.Notice, "RFC 5321 §4.5.3.2");

    /// <summary>It relays for strangers.</summary>
    public static readonly FindingDefinition OpenRelay = new("SMTP008", Severity.Critical, "RFC 2505 §2.1");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
        [NoFullName, NameWithoutAddress, NameElsewhere, TwoNames, PostmasterRefused, AbuseRefused, Slow, OpenRelay];
}
