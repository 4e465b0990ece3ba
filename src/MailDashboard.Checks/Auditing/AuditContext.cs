using System.Collections.Concurrent;
using System.Collections.Immutable;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Auditing;

/// <summary>What one audit hands to its families. They run side by side; everything here is safe for that.</summary>
public sealed class AuditContext
{
    private readonly Lazy<Task<MailRoles>> _roles;
    private readonly Lazy<Task<ImmutableArray<ClientService>>> _clientServices;
    private readonly Lazy<Task<AutodiscoverTrace>> _autodiscover;
    private readonly Lazy<Task<ImmutableArray<ServiceSight>>> _serviceSights;
    private readonly ConcurrentQueue<HostConversation> _conversations = new();

    /// <summary>Made by <see cref="DomainAudit"/>.</summary>
    public AuditContext(
        AuditTarget target,
        AuditOptions options,
        IDnsResolver dns,
        ISmtpProbe smtp,
        IPort25Vantage port25,
        BlocklistSettings blocklists,
        TimeProvider time,
        CancellationToken auditToken)
    {
        Target = target;
        Options = options;
        Dns = dns;
        Smtp = smtp;
        Port25 = port25;
        Blocklists = blocklists;
        Time = time;
        BlocklistHealth = new BlocklistHealth(time);
        _roles = new Lazy<Task<MailRoles>>(() => MailRoleProposal.ProposeAsync(this, auditToken));
        _clientServices = new Lazy<Task<ImmutableArray<ClientService>>>(() => ClientServices.FindAsync(this, auditToken));
        _autodiscover = new Lazy<Task<AutodiscoverTrace>>(() => AutodiscoverLookup.FindAsync(this, auditToken));
        _serviceSights = new Lazy<Task<ImmutableArray<ServiceSight>>>(() => ServiceSights.LookAsync(this, auditToken));
    }

    /// <summary>The domain and what was stated about it.</summary>
    public AuditTarget Target { get; }

    /// <summary>A-labels, lower case, no trailing dot.</summary>
    public string Domain => Target.Domain;

    /// <summary>How to audit.</summary>
    public AuditOptions Options { get; }

    /// <summary>DNS with this audit's budget and transcript; equal questions are asked once.</summary>
    public IDnsResolver Dns { get; }

    /// <summary>SMTP; equal targets are probed once.</summary>
    public ISmtpProbe Smtp { get; }

    /// <summary>Everything else that connects to hosts.</summary>
    public HostProbes Hosts { get; init; } = HostProbes.None;

    /// <summary>What we know of our own port 25.</summary>
    public IPort25Vantage Port25 { get; }

    /// <summary>Which lists to ask, with which keys.</summary>
    public BlocklistSettings Blocklists { get; }

    /// <summary>What is known of the lists themselves, over all audits.</summary>
    public BlocklistHealth BlocklistHealth { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>What was said to hosts beside <see cref="Smtp"/>, for the transcript.</summary>
    public ImmutableArray<HostConversation> Conversations => [.. _conversations];

    /// <summary>Keeps a conversation for the transcript.</summary>
    public void Keep(HostConversation conversation) => _conversations.Enqueue(conversation);

    /// <summary>Where people's mail programs connect to: looked up once for every family.</summary>
    public Task<ImmutableArray<ClientService>> ClientServicesAsync() => _clientServices.Value;

    /// <summary>Where Outlook looks for settings: looked up once for every family.</summary>
    public Task<AutodiscoverTrace> AutodiscoverAsync() => _autodiscover.Value;

    /// <summary>What the ports of people's mail programs showed: each is talked to once for every family.</summary>
    public Task<ImmutableArray<ServiceSight>> ServiceSightsAsync() => _serviceSights.Value;

    /// <summary>
    /// The domain does not exist, and the family Mx, which runs in this audit too, says so: that its records are missing as well is
    /// nothing to say beside it.
    /// </summary>
    public async Task<bool> IsSaidMissingAsync(CancellationToken cancellationToken) =>
        (Options.Families?.Contains("mx") ?? true)
        && (await Dns.QueryAsync(Domain, DnsRecordType.MX, cancellationToken).ConfigureAwait(false)).Status == DnsStatus.NxDomain;

    /// <summary>The stated roles, else those proposed from MX and SPF. Where DNS cannot tell: both.</summary>
    public Task<MailRoles> RolesAsync() => Target.Roles is { } stated ? Task.FromResult(stated) : _roles.Value;
}
