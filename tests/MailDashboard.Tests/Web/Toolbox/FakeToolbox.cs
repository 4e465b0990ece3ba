using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Tests.Fakes;
using MailDashboard.Web.Account;
using MailDashboard.Web.Toolbox;

namespace MailDashboard.Tests.Web.Toolbox;

/// <summary>Tools over answers in memory.</summary>
internal sealed class FakeToolbox(FakeDns dns, TimeProvider time) : IToolboxAccess
{
    public TimeSpan? Wait { get; set; }

    public bool IsRefused { get; set; }

    public int Entered { get; private set; }

    public Task<TimeSpan?> EnterAsync(CancellationToken cancellationToken)
    {
        Entered++;
        return IsRefused ? throw new NotAllowedException(Policies.Operate) : Task.FromResult(Wait);
    }

    public Task<DomainAudit> GetAuditAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new DomainAudit(CheckFamilies.All, dns, new FakeSmtp(), new FakePort25(), time));

    public AuditTarget? Stored { get; set; }

    public Task<AuditTarget?> FindTargetAsync(string domain, CancellationToken cancellationToken) => Task.FromResult(Stored?.Domain == domain ? Stored : null);

    public Task<IDnsResolver> GetDnsAsync(CancellationToken cancellationToken) => Task.FromResult<IDnsResolver>(dns);

    public FakeTls Tls { get; } = new();

    public Task<ITlsVersionProbe> GetTlsAsync(CancellationToken cancellationToken) => Task.FromResult<ITlsVersionProbe>(Tls);

    public Task<BlocklistSettings> GetBlocklistsAsync(CancellationToken cancellationToken) => Task.FromResult(BlocklistSettings.Default);
}
