using MailDashboard.Checks;
using MailDashboard.Mail.Publishing;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>What this dashboard itself knows of how genuine mail of a domain fares under DMARC, and since when its stage is in force.</summary>
public sealed class WizardSigns(IDbContextFactory<DashboardContext> contexts, DomainReader domains)
{
    private const int MostTests = 20;
    private const int MostVersions = 50;

    private static readonly string[] Families = ["spf", "dkim", "dmarc"];

    /// <summary>Reads the last checks, and the test messages of the stage.</summary>
    /// <param name="domainId">Null where the domain is not watched.</param>
    /// <param name="since">Tests before that say nothing of the stage.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<DmarcSigns> ReadAsync(int? domainId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (domainId is not { } id || await domains.ReadAsync(id, cancellationToken) is not { } dossier)
        {
            return DmarcSigns.None;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tests = await db.MessageTests.AsNoTracking().Where(t => t.DomainId == id && t.Status == MessageTestStatus.Judged && t.JudgedAt >= since)
            .OrderByDescending(t => t.JudgedAt).Take(MostTests).Select(t => t.VerdictJson).ToListAsync(cancellationToken);
        var passes = tests.ConvertAll(t => MessageTestResult.Read(t)?.Verdict.PassesDmarc);
        return new DmarcSigns(
            passes.Count(p => p == true),
            passes.Count(p => p == false),
            [.. dossier.Findings.Where(f => f.Severity >= Severity.Error && Families.Contains(f.Family)).Select(f => f.Code).Distinct().Order(StringComparer.Ordinal)],
            Families.All(f => dossier.Families.Any(s => s.Family == f && s.UndeterminedSince is null)));
    }

    /// <summary>Since when the checks have seen a domain's own record ask for a stage; null where the last one did not.</summary>
    public async Task<DateTimeOffset?> StageSinceAsync(int domainId, string domain, DmarcStage stage, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await db.Records.AsNoTracking().Where(r => r.DomainId == domainId && r.Family == "dmarc" && r.Name == $"_dmarc.{domain}" && r.Type == "TXT")
            .OrderBy(r => r.SeenUntil != null).ThenByDescending(r => r.SeenFrom).Take(MostVersions).ToListAsync(cancellationToken);
        return versions.TakeWhile(v => DmarcStages.Of(StoredJson.ReadValues(v.ValuesJson)) == stage).Select(v => (DateTimeOffset?)v.SeenFrom).LastOrDefault();
    }
}
