using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Watching;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Domains;

/// <summary>Something that happened to a domain.</summary>
/// <param name="Kind">One of <see cref="Timeline.Kinds"/>.</param>
/// <param name="Tone">Of the mark: a severity, <c>ok</c> or <c>info</c>.</param>
internal sealed record TimelineItem(DateTimeOffset At, string Kind, string What, string? Detail, string Tone)
{
    public ChangeView? Change { get; init; }
}

/// <summary>Puts together what happened to a domain, latest first.</summary>
internal static class Timeline
{
    public const string Everything = "all";

    private const int MostItems = 300;

    /// <summary>What can be chosen, in the order of the page.</summary>
    public static readonly string[] Kinds = [Everything, "records", "certificates", "findings", "score"];

    public static List<TimelineItem> Of(DomainDossier dossier, string kind, IStringLocalizer<DomainsTexts> texts) =>
    [
        .. Changes(dossier, texts).Concat(Earlier(dossier, texts)).Concat(Findings(dossier, texts)).Concat(Scores(dossier, texts))
            .Where(i => kind == Everything || i.Kind == kind)
            .OrderByDescending(i => i.At)
            .Take(MostItems),
    ];

    public static string Title(StoredFinding finding, DomainDossier dossier) => FamilyCatalogue.Text(finding, dossier.Domain.DisplayName)?.Title ?? finding.Code;

    /// <summary>Changes are told as changes, not again as findings about them.</summary>
    public static IEnumerable<StoredFinding> Important(DomainDossier dossier) =>
        dossier.Findings.Concat(dossier.Accepted).Concat(dossier.Resolved).Where(f => f.Severity >= Severity.Warning && f.Family != ChangeFindings.Descriptor.Id);

    private static IEnumerable<TimelineItem> Changes(DomainDossier dossier, IStringLocalizer<DomainsTexts> texts) => dossier.Changes.Select(c => new TimelineItem(
        c.At,
        KindOf(c.Type),
        texts[$"History.{c.Kind}", c.Type],
        c.Name,
        c.WorseSeverity is { } severity ? SeverityLook.Of(severity).Key : "info")
    {
        Change = c,
    });

    /// <summary>Changes from before events were kept: all that is known of them is that there were earlier versions.</summary>
    private static IEnumerable<TimelineItem> Earlier(DomainDossier dossier, IStringLocalizer<DomainsTexts> texts)
    {
        var first = dossier.Changes.Count == 0 ? DateTimeOffset.MaxValue : dossier.Changes.Min(c => c.At);
        return dossier.Records.Where(r => r.SeenUntil < first && r.Type != ObservedCertificate.RecordType)
            .Select(r => new TimelineItem(r.SeenUntil!.Value, KindOf(r.Type), texts["History.Changed", r.Type], r.Name, "info"));
    }

    private static IEnumerable<TimelineItem> Findings(DomainDossier dossier, IStringLocalizer<DomainsTexts> texts) => Important(dossier)
        .SelectMany(f => new[]
        {
            new TimelineItem(f.FirstSeenAt, "findings", texts["History.Opened", Title(f, dossier)], About(f), SeverityLook.Of(f.Severity).Key),
            f.ResolvedAt is { } at ? new TimelineItem(at, "findings", texts["History.Resolved", Title(f, dossier)], About(f), "ok") : null,
        })
        .OfType<TimelineItem>();

    private static IEnumerable<TimelineItem> Scores(DomainDossier dossier, IStringLocalizer<DomainsTexts> texts) => dossier.Trend.Zip(dossier.Trend.Skip(1))
        .Where(p => Whole(p.First) != Whole(p.Second))
        .Select(p => new TimelineItem(p.Second.At, "score", texts["History.Score", Whole(p.First), Whole(p.Second)], null, "info"));

    private static string KindOf(string type) => type == ObservedCertificate.RecordType ? "certificates" : "records";

    private static string Whole(ScorePoint point) => point.Value.ToString("0", CultureInfo.CurrentCulture);

    /// <summary>The domain itself is named by the page.</summary>
    private static string? About(StoredFinding finding) => finding.Subject.Kind is SubjectKind.Domain or SubjectKind.Record ? null : finding.Subject.Name;
}
