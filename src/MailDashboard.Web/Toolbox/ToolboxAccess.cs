using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Account;

namespace MailDashboard.Web.Toolbox;

/// <summary>What the tools run on, and who may run them.</summary>
public interface IToolboxAccess
{
    /// <summary>Counts a run.</summary>
    /// <returns>Null where the person may run it; else how long to wait.</returns>
    /// <exception cref="NotAllowedException">The person may not run tools, or no longer.</exception>
    Task<TimeSpan?> EnterAsync(CancellationToken cancellationToken);

    /// <summary>The check families over the settings' resolver and address guard.</summary>
    Task<DomainAudit> GetAuditAsync(CancellationToken cancellationToken);

    /// <summary>What is stored for a domain (selectors, hosts, roles); null where it is not registered.</summary>
    Task<AuditTarget?> FindTargetAsync(string domain, CancellationToken cancellationToken);

    /// <summary>DNS.</summary>
    Task<IDnsResolver> GetDnsAsync(CancellationToken cancellationToken);

    /// <summary>Asks ports for their TLS, at addresses that the settings' guard passes.</summary>
    Task<ITlsVersionProbe> GetTlsAsync(CancellationToken cancellationToken);

    /// <summary>Which lists are asked, with which keys.</summary>
    Task<BlocklistSettings> GetBlocklistsAsync(CancellationToken cancellationToken);
}

/// <summary>The engine that the scheduler uses, for operators and administrators.</summary>
public sealed class ToolboxAccess(LiveEngine engine, DomainTargets targets, SettingsStore settings, Authorizer authorizer, ToolboxLimits limits) : IToolboxAccess
{
    public async Task<TimeSpan?> EnterAsync(CancellationToken cancellationToken)
    {
        await authorizer.DemandAsync(Policies.Operate, cancellationToken);
        return limits.TryRun(await authorizer.UserIdAsync() ?? "", out var wait) ? null : wait;
    }

    public Task<DomainAudit> GetAuditAsync(CancellationToken cancellationToken) => engine.GetAuditAsync(cancellationToken);

    public Task<AuditTarget?> FindTargetAsync(string domain, CancellationToken cancellationToken) => targets.FindAsync(domain, cancellationToken);

    public Task<IDnsResolver> GetDnsAsync(CancellationToken cancellationToken) => engine.GetDnsAsync(cancellationToken);

    public Task<ITlsVersionProbe> GetTlsAsync(CancellationToken cancellationToken) => engine.GetTlsAsync(cancellationToken);

    public Task<BlocklistSettings> GetBlocklistsAsync(CancellationToken cancellationToken) => settings.GetBlocklistsAsync(cancellationToken);
}
