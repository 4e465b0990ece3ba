using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>A stored domain as an audit wants it.</summary>
public sealed class DomainTargets(IDbContextFactory<DashboardContext> contexts)
{
    /// <summary>What is stored for a domain; null where it is not registered.</summary>
    /// <param name="name">A-labels, lower case, no trailing dot.</param>
    public async Task<AuditTarget?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Domains.AsNoTracking().SingleOrDefaultAsync(d => d.Name == name, cancellationToken) is { } domain ? Of(domain) : null;
    }

    internal static AuditTarget Of(MailDomain domain) => new(domain.Name)
    {
        Roles = Roles(domain),
        Selectors = [.. domain.Selectors],
        SendingAddresses = [.. domain.SendingAddresses.Select(a => IPAddress.TryParse(a, out var address) ? address : null).OfType<IPAddress>()],
        OwnHosts = [.. domain.OwnHosts],
        ClientHosts = [.. domain.ClientHosts],
        IsStrict = domain.IsStrict,
    };

    /// <summary>Where only one role is stated, the other is as DNS proposed it last; yes before it was asked.</summary>
    private static MailRoles? Roles(MailDomain domain) => (domain.Sends, domain.Receives) switch
    {
        (null, null) => null,
        var (sends, receives) => new MailRoles(sends ?? domain.ProposedSends ?? true, receives ?? domain.ProposedReceives ?? true),
    };
}
