using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Imap;
using MailDashboard.Checks.Pop3;
using MailDashboard.Checks.StartTls;
using MailDashboard.Checks.Submission;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Overview;

/// <summary>
/// Certificates near their end. What was seen of every certificate lies in the facts of every domain; read are only what was found
/// to be late: findings by their code, and the alerts of a rule about certificates. Both are looked up by an index.
/// </summary>
internal static class CertificateEnds
{
    private const int Most = 50;
    private const string NotAfter = "notAfter";

    /// <summary>Findings about a certificate that is near its end.</summary>
    public static readonly string[] Codes = [StartTlsFindings.NearEnd.Code, SubmissionFindings.NearEnd.Code, ImapFindings.NearEnd.Code, Pop3Findings.NearEnd.Code];

    /// <summary>One for each host, the one that is nearest to its end.</summary>
    public static async Task<IReadOnlyList<Expiry.Certificate>> ReadAsync(DashboardContext db, CancellationToken cancellationToken)
    {
        var alerts = await db.Alerts.AsNoTracking()
            .Where(a => a.ResolvedAt == null && a.Family == OwnFindings.Descriptor.Id && a.Code == OwnFindings.CertificateLate.Code && a.Status != AlertStatus.Pending)
            .OrderByDescending(a => a.Severity).ThenBy(a => a.Id).Take(Most)
            .Select(a => new { a.Id, a.SubjectKey, a.EvidenceJson, DomainId = a.Domains.Min(d => (int?)d.DomainId) }).ToListAsync(cancellationToken);

        // Forty domains behind one host are one certificate.
        var latest = await db.Findings.Where(f => Codes.Contains(f.Code) && f.ResolvedAt == null).GroupBy(f => new { f.Code, f.SubjectKey })
            .Select(g => new { Id = g.Max(f => f.Id), Severity = g.Max(f => f.Severity) }).OrderByDescending(g => g.Severity).ThenBy(g => g.Id).Take(Most).ToListAsync(cancellationToken);
        var ids = latest.ConvertAll(g => g.Id);
        var findings = ids.Count == 0 ? [] : await db.Findings.AsNoTracking().Where(f => ids.Contains(f.Id)).OrderBy(f => f.Id)
            .Select(f => new { f.DomainId, f.Family, f.SubjectKey, f.EvidenceJson }).ToListAsync(cancellationToken);
        return
        [
            .. alerts.Select(a => Of(Subject.Parse(a.SubjectKey), a.EvidenceJson, OwnFindings.UsedLabel, a.Id, a.DomainId ?? 0, "tls"))
                .Concat(findings.Select(f => Of(Subject.Parse(f.SubjectKey), f.EvidenceJson, "lifetimeUsed", null, f.DomainId, f.Family)))
                .GroupBy(c => c.Host, StringComparer.Ordinal)
                .Select(host => host.MaxBy(c => (c.Share, c.AlertId is null ? 0 : 1))!),
        ];
    }

    private static Expiry.Certificate Of(Subject subject, string evidenceJson, string share, long? alertId, int domainId, string family)
    {
        var evidence = StoredJson.ReadEvidence(evidenceJson);
        var host = Value(evidence, "host") ?? subject.Name.Split('[', ' ')[0];
        return new Expiry.Certificate(host, (int)OwnFindings.Number(evidence, share), Time(Value(evidence, NotAfter)), alertId, domainId, family);
    }

    private static string? Value(ImmutableArray<Evidence> evidence, string label) => evidence.FirstOrDefault(e => e.Label == label)?.Value;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParseExact(text, OwnFindings.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
