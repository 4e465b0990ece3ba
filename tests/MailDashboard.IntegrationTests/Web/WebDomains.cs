using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>Domains with what a look at them showed, recorded as an audit does it.</summary>
internal static class WebDomains
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<int> AddDomainAsync(this WebHost host, string name) =>
        Assert.IsType<DomainChange.Done>(await host.Services.GetRequiredService<DomainDirectory>().AddAsync(name, new DomainDraft(), Token)).Id;

    public static async Task RecordAsync(this WebHost host, int id, params (string Family, CheckOutcome Outcome)[] families)
    {
        var (lease, _) = await host.Services.GetRequiredService<DueDomains>().TakeOneAsync(id, Token);
        var report = new AuditReport(
            lease!.Domain.Name, TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(1), MailRoles.Both,
            [.. families.Select(f => new FamilyReport(f.Family, f.Outcome, TimeSpan.FromMilliseconds(4)))], new AuditTranscript([], []));
        Assert.Equal(RecordResult.Recorded, await host.Services.GetRequiredService<ResultRecorder>().RecordAsync(lease, DueKinds.All, report, BlocklistSettings.Default, Token));
    }
}
