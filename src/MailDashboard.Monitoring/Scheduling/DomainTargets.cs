using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>A stored domain as an audit wants it.</summary>
internal static class DomainTargets
{
    public static AuditTarget Of(MailDomain domain) => new(domain.Name)
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
