using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Mail.Providers;

namespace MailDashboard.Mail.Publishing;

/// <summary>How an SPF record treats whoever is not listed (RFC 7208 §5.1).</summary>
public enum SpfEnding
{
    /// <summary><c>~all</c>: suspicious. DMARC decides, after it has looked at DKIM too.</summary>
    SoftFail,

    /// <summary><c>-all</c>: refused, by some receivers before they look at DKIM.</summary>
    Fail,
}

/// <summary>A mail server that receives for the domain.</summary>
/// <param name="Preference">Lower is tried first.</param>
/// <param name="Host">Its name.</param>
public sealed record Exchanger(ushort Preference, string Host);

/// <summary>A DKIM key of a server of one's own, to be published.</summary>
/// <param name="Selector">One label or several.</param>
/// <param name="Text">The text of the record.</param>
public sealed record DkimPublication(string Selector, string Text);

/// <summary>That encryption towards the domain is to be insisted on (RFC 8461).</summary>
/// <param name="Mode"><see cref="MtaStsMode.Testing"/> or <see cref="MtaStsMode.Enforce"/>; <see cref="MtaStsMode.None"/> asks for nothing.</param>
/// <param name="PolicyHostTarget">The web server that serves the policy, for an alias; null where <c>mta-sts.</c> has its address by other means.</param>
public sealed record MtaStsWish(MtaStsMode Mode, string? PolicyHostTarget = null);

/// <summary>What a domain does with mail and what is wanted for it: all that a plan is computed from, beside the records that are there.</summary>
/// <param name="Domain">A-labels, lower case, no trailing dot.</param>
/// <param name="Zone">The name where the domain's zone begins: the domain itself or a name above it.</param>
/// <param name="Roles">What it does with mail.</param>
public sealed record PublishingRequest(string Domain, string Zone, MailRoles Roles)
{
    /// <summary>Addresses of servers of one's own that send for it.</summary>
    public ImmutableArray<IPAddress> SendingAddresses { get; init; } = [];

    /// <summary>Names of servers of one's own that send for it and whose addresses move.</summary>
    public ImmutableArray<string> SendingHosts { get; init; } = [];

    /// <summary>The servers that receive for it send for it too.</summary>
    public bool ExchangersSend { get; init; }

    /// <summary>Providers that send for it.</summary>
    public ImmutableArray<ChosenProvider> Providers { get; init; } = [];

    /// <summary>The servers that are to receive for it; empty leaves the MX records as they are.</summary>
    public ImmutableArray<Exchanger> Exchangers { get; init; } = [];

    /// <summary>The provider whose MX records are proposed where nobody receives yet; null proposes none.</summary>
    public ChosenProvider? MailboxProvider { get; init; }

    /// <summary>DKIM keys of servers of one's own.</summary>
    public ImmutableArray<DkimPublication> Keys { get; init; } = [];

    /// <summary>The end of the SPF record; null keeps what is there, and takes <c>~all</c> where nothing is.</summary>
    public SpfEnding? SpfEnding { get; init; }

    /// <summary>How far DMARC is to go.</summary>
    public DmarcStage DmarcStage { get; init; } = DmarcStage.Monitor;

    /// <summary>The stage holds even where the record asks for more: somebody goes back a stage.</summary>
    public bool MayWeakenDmarc { get; init; }

    /// <summary>Address for aggregate reports of DMARC; null adds none.</summary>
    public string? DmarcReports { get; init; }

    /// <summary>Address for reports about encryption; null adds none.</summary>
    public string? TlsReports { get; init; }

    /// <summary>Whether encryption is to be insisted on; null leaves MTA-STS as it is.</summary>
    public MtaStsWish? MtaSts { get; init; }

    /// <summary>Further zones in which the user can publish: an authorisation for reports may go there.</summary>
    public ImmutableArray<string> OwnZones { get; init; } = [];

    /// <summary>Where the organisation's names begin (RFC 9989 §4.10.2); the zone unless said otherwise.</summary>
    public string? OrganizationalDomain { get; init; }

    /// <summary>Where the organisation's names begin.</summary>
    public string Organization => OrganizationalDomain ?? Zone;
}
