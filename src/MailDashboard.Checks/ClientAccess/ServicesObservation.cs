using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.ClientAccess;

/// <summary>What was seen of the ports that people's mail programs connect to, as one of the three families needs it.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Protocol">What the family judges.</param>
/// <param name="At">When, for what is left of a certificate's life.</param>
public sealed record ServicesObservation(string Domain, ClientProtocol Protocol, DateTimeOffset At)
{
    /// <summary>The services of the protocol, those without an address included.</summary>
    public ImmutableArray<ClientService> Services { get; init; } = [];

    /// <summary>The ports of every protocol whose family runs.</summary>
    public ImmutableArray<ServiceSight> All { get; init; } = [];

    /// <summary>What the domain does with mail.</summary>
    public MailRoles Roles { get; init; } = MailRoles.Both;

    /// <summary>The domain does not exist, and Mx says so.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Judged by the strict profile.</summary>
    public bool IsStrict { get; init; }

    /// <summary>An answer of DNS that left open whether services are published.</summary>
    public DnsAnswer? Unanswered { get; init; }

    /// <summary>The ports of the family's own protocol.</summary>
    public IEnumerable<ServiceSight> Own => All.Where(s => s.Service.Protocol == Protocol);

    /// <summary>Looks.</summary>
    public static async Task<ServicesObservation> ObserveAsync(AuditContext context, ClientProtocol protocol, CancellationToken cancellationToken)
    {
        var nothing = new ServicesObservation(context.Domain, protocol, context.Time.GetUtcNow()) { IsStrict = context.Target.IsStrict };
        if (await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false))
        {
            return nothing with { IsMissing = true };
        }

        var roles = await context.RolesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (roles.IsParked)
        {
            return nothing with { Roles = roles };
        }

        var services = await context.ClientServicesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return nothing with
        {
            Roles = roles,
            Services = [.. services.Where(s => s.Protocol == protocol)],
            All = await context.ServiceSightsAsync().WaitAsync(cancellationToken).ConfigureAwait(false),
            At = context.Time.GetUtcNow(),
            Unanswered = context.Target.ClientHosts.IsDefaultOrEmpty ? await UnansweredAsync(context, protocol, cancellationToken).ConfigureAwait(false) : null,
        };
    }

    private static async Task<DnsAnswer?> UnansweredAsync(AuditContext context, ClientProtocol protocol, CancellationToken cancellationToken)
    {
        var asked = ClientServices.SrvNames(protocol).Select(n => context.Dns.QueryAsync($"{n}.{context.Domain}", DnsRecordType.SRV, cancellationToken));
        return (await Task.WhenAll(asked).ConfigureAwait(false)).FirstOrDefault(a => !a.IsDefinite);
    }
}
