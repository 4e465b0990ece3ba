using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Checks.Auditing;

/// <summary>What a domain does with mail. Both flags off is a parked domain.</summary>
/// <param name="Sends">Mail is sent from it.</param>
/// <param name="Receives">Mail to it is accepted.</param>
public sealed record MailRoles(bool Sends, bool Receives)
{
    /// <summary>Sends and receives.</summary>
    public static MailRoles Both { get; } = new(true, true);

    /// <summary>Neither: judged on <c>v=spf1 -all</c>, null MX and <c>p=reject</c> alone.</summary>
    public static MailRoles Parked { get; } = new(false, false);

    /// <summary>It does neither.</summary>
    public bool IsParked => !Sends && !Receives;
}

/// <summary>A domain to audit, and what its owner told us about it.</summary>
/// <param name="Domain">A-labels, lower case, no trailing dot.</param>
public sealed record AuditTarget(string Domain)
{
    /// <summary>As stated; null means: propose them from MX and SPF (<see cref="AuditContext.RolesAsync"/>).</summary>
    public MailRoles? Roles { get; init; }

    /// <summary>DKIM selectors in use, as stated.</summary>
    public ImmutableArray<string> Selectors { get; init; } = [];

    /// <summary>Addresses that send for the domain, as stated.</summary>
    public ImmutableArray<IPAddress> SendingAddresses { get; init; } = [];

    /// <summary>MX hosts that the user marked as own.</summary>
    public ImmutableArray<string> OwnHosts { get; init; } = [];

    /// <summary>Hosts that people's mail programs connect to (submission, IMAP, POP3), as stated; empty: found out from DNS.</summary>
    public ImmutableArray<string> ClientHosts { get; init; } = [];

    /// <summary>Judged by the strict profile as well.</summary>
    public bool IsStrict { get; init; }
}

/// <summary>How to audit.</summary>
public sealed record AuditOptions
{
    /// <summary>Family ids to run; null runs all.</summary>
    public ImmutableHashSet<string>? Families { get; init; }

    /// <summary>Only what needs no connection to the domain's own hosts.</summary>
    public bool DnsOnly { get; init; }

    /// <summary>Goes round our own cache: somebody has mended a record and wants to see it. Each question is still asked once.</summary>
    public bool IsFresh { get; init; }

    /// <summary>
    /// How old a look of another audit at a host may be to stand for one of this; zero looks at every host. A <see cref="IsFresh"/> audit does so too.
    /// </summary>
    public TimeSpan ShareHostsFor { get; init; }

    /// <summary>Whole time allowed; what is not done by then is undetermined.</summary>
    public TimeSpan TimeBudget { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>DNS questions allowed.</summary>
    public int DnsBudget { get; init; } = 2000;
}
