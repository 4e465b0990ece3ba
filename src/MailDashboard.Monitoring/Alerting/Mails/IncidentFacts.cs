using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Texts;
using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Catalogue;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>What is told of one incident.</summary>
/// <param name="AlertId">For the link.</param>
/// <param name="Telling">That it is there, still there, or over.</param>
/// <param name="Family">Id of the family.</param>
/// <param name="Code">Permanent code.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Severity">As last seen.</param>
/// <param name="Evidence">As last seen.</param>
/// <param name="Domains">Every domain behind it, as people read them.</param>
/// <param name="Since">When we saw it first.</param>
/// <param name="Until">When it was seen to be gone.</param>
public sealed record IncidentFacts(
    long AlertId,
    Telling Telling,
    string Family,
    string Code,
    Subject Subject,
    Severity Severity,
    ImmutableArray<Evidence> Evidence,
    ImmutableArray<string> Domains,
    DateTimeOffset Since,
    DateTimeOffset? Until)
{
    private const int MostDomains = 100;

    /// <summary>The domain whose first audit showed it, where that is told as a summary.</summary>
    public (int Id, string Name)? FirstAuditOf { get; init; }

    /// <summary>A listing has mails of its own.</summary>
    public bool IsListing => Family == ListingWatch.Family;

    internal FindingText Text(CultureInfo culture) =>
        FindingCatalogue.Text(Code, Subject, Evidence, Domains.IsEmpty ? Subject.Name : Domains[0], culture) ?? new FindingText($"{Code} {Subject}", "", []);

    /// <summary>"example.org", "example.org and 39 more".</summary>
    internal string Behind(MailTexts texts) => Domains switch
    {
        [] => "",
        [var only] => only,
        [var first, ..] => $"{first} {texts.More(Domains.Length - 1)}",
    };

    /// <summary>The title with the domains, unless it names the only one.</summary>
    internal string Headline(MailTexts texts)
    {
        var title = Text(texts.Culture).Title;
        return Domains is [] || (Domains is [var only] && title.Contains(only, StringComparison.OrdinalIgnoreCase)) ? title : $"{title} ({Behind(texts)})";
    }

    internal string AllDomains(MailTexts texts) =>
        Domains.Length <= MostDomains ? string.Join(", ", Domains) : $"{string.Join(", ", Domains.Take(MostDomains))} {texts.More(Domains.Length - MostDomains)}";

    internal (string Label, string? Value)[] Rows(MailTexts texts) =>
    [
        (texts["Label.severity"], texts[$"Severity.{Severity}"]),
        (texts["Label.domains"], Domains.IsEmpty ? null : AllDomains(texts)),
        .. Seen(texts),
        (texts["Label.seen"], texts.Time(Since)),
        (texts["Label.until"], Until is { } end ? texts.Time(end) : null),
        (texts["Label.code"], Code),
    ];

    private IEnumerable<(string, string?)> Seen(MailTexts texts)
    {
        if (FindingCatalogue.FamilyOf(Code) is not { } family || FindingCatalogue.Definition(Code) is not { } definition)
        {
            return [];
        }

        return FindingTexts.EvidenceFor(new Finding(definition, Subject, Evidence), texts.Culture)
            .Select(e => (FindingTexts.Label(family, e, texts.Culture), (string?)(e.Source is { } source ? $"{e.Value} ({source})" : e.Value)));
    }

    internal ListingFacts AsListing() => new(AlertId, Checks.Blocklists.ListingDetails.Of(Subject, Evidence), Domains, Since);
}
