using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Desired;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Watching;

namespace MailDashboard.Monitoring.Alerting.Sightings;

/// <summary>Everything that one audit showed of a domain and that people may be told of. Pure, over what the recorder has in hand.</summary>
internal static class DomainSightings
{
    private const string TlsFamily = "tls";

    /// <summary>Families that follow from what is remembered: judged with every audit.</summary>
    private static readonly string[] Remembered = [ChangeFindings.Descriptor.Id, DriftFindings.Descriptor.Id];

    private static readonly string[] NeedPort25 = ["mx", "smtp", "starttls", "tls", "dane"];

    /// <summary>True where this audit was a look at what an alert of that family is about.</summary>
    public static bool HasLooked(AuditReport report, string family, string code) =>
        Remembered.Contains(family)
        || (family == OwnFindings.Descriptor.Id && (code != OwnFindings.CertificateLate.Code || Ran(report, TlsFamily)))
        || Ran(report, family);

    /// <param name="memory">With the findings as they are after the audit.</param>
    /// <param name="report">What ran.</param>
    /// <param name="events">Changes that were recorded just now.</param>
    /// <param name="isPort25Blocked">Our own network closes port 25: what cannot be told for that reason is no news of the domain.</param>
    /// <param name="now">The clock.</param>
    public static IEnumerable<Sighting> Of(DomainMemory memory, AuditReport report, IEnumerable<ChangeEvent> events, bool isPort25Blocked, DateTimeOffset now) =>
        Listings(memory, report)
            .Concat(Findings(memory, report, now))
            .Concat(Certificates(memory.Domain, report))
            .Concat(Unknown(memory.Domain, memory.Families.Values.Where(f => !isPort25Blocked || !NeedPort25.Contains(f.Family))))
            .Concat(Changes(memory.Domain, events));

    private static IEnumerable<Sighting> Listings(DomainMemory memory, AuditReport report) =>
        report.Families.FirstOrDefault(f => f.Family == ListingWatch.Family) is { } family
            ? ListingWatch.Alerting(family.Outcome).Select(f => new Sighting(AlertKey.Of(ListingWatch.Family, f.Code, f.Subject, memory.Domain.Name), AlertLook.Present, f.Severity, f.Evidence))
            : [];

    private static IEnumerable<Sighting> Findings(DomainMemory memory, AuditReport report, DateTimeOffset now) =>
        from row in memory.Findings
        where row.ResolvedAt is null && row.Severity >= Severity.Notice && row.Family != ListingWatch.Family
            && HasLooked(report, row.Family, row.Code) && !Acceptance.Covers(memory.Accepted, row, now)
        select new Sighting(
            AlertKey.Of(row.Family, row.Code, Subject.Parse(row.SubjectKey), memory.Domain.Name),
            row.UndeterminedSince is null ? AlertLook.Present : AlertLook.Undetermined,
            row.Severity,
            StoredJson.ReadEvidence(row.EvidenceJson));

    /// <summary>One for each host: its ports mostly share a certificate, and the oldest counts.</summary>
    private static IEnumerable<Sighting> Certificates(MailDomain domain, AuditReport report)
    {
        if (report.Families.FirstOrDefault(f => f.Family == TlsFamily)?.Outcome is not { } outcome)
        {
            return [];
        }

        var facts = outcome.Details.Facts.ToLookup(f => f.Subject);
        return from subject in facts
               let used = subject.FirstOrDefault(f => f.Key == "lifetimeUsed")?.Value
               where used is not null && int.TryParse(used.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)
               let host = subject.Key.Name.Split('[')[0]
               group (Percent: int.Parse(used.Split(' ')[0], CultureInfo.InvariantCulture), End: subject.FirstOrDefault(f => f.Key == "notAfter")?.Value) by host into certificates
               let oldest = certificates.MaxBy(c => c.Percent)
               select new Sighting(
                   AlertKey.Of(OwnFindings.Descriptor.Id, OwnFindings.CertificateLate.Code, Subject.Host(certificates.Key), domain.Name),
                   AlertLook.Present,
                   oldest.Percent >= 100 ? Severity.Critical : oldest.Percent >= 90 ? Severity.Error : Severity.Warning,
                   [new Evidence(OwnFindings.UsedLabel, $"{oldest.Percent.ToString(CultureInfo.InvariantCulture)} %"), .. oldest.End is { } end ? new Evidence[] { new("notAfter", end) } : []]);
    }

    /// <summary>One for each domain, with all of its families that could not be judged.</summary>
    private static IEnumerable<Sighting> Unknown(MailDomain domain, IEnumerable<FamilyState> families)
    {
        var unknown = families.Where(f => f.UndeterminedSince is not null).OrderBy(f => f.UndeterminedSince).ToList();
        return unknown.Count == 0 ? [] :
        [
            new Sighting(
                AlertKey.Of(OwnFindings.Descriptor.Id, OwnFindings.NotDetermined.Code, Subject.Domain(domain.Name), domain.Name),
                AlertLook.Present,
                OwnFindings.NotDetermined.Severity,
                [new Evidence(OwnFindings.SinceLabel, OwnFindings.Time(unknown[0].UndeterminedSince!.Value)), new Evidence("families", string.Join(", ", unknown.Select(f => f.Family)))]),
        ];
    }

    private static IEnumerable<Sighting> Changes(MailDomain domain, IEnumerable<ChangeEvent> events) =>
        events.Where(e => e.Code is null).Select(e => new Sighting(
            AlertKey.Of(OwnFindings.Descriptor.Id, OwnFindings.RecordChanged.Code, Subject.Record(e.Name, e.Type), domain.Name),
            AlertLook.Present,
            Severity.Info,
            ChangeWords.Evidence(e.Type, StoredJson.ReadValues(e.BeforeJson), StoredJson.ReadValues(e.AfterJson)))
        {
            IsMomentary = true,
        });

    private static bool Ran(AuditReport report, string family) => report.Families.Any(f => f.Family == family);
}
