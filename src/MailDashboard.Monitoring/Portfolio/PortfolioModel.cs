using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Compliance;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>How all domains, or those of one tag, do in a period: what pages, mails, PDF and CSV are written from. Codes, not sentences.</summary>
/// <param name="Tag">Empty for all domains.</param>
/// <param name="Now">At the end of the period; null where there is no domain, or no history of that time.</param>
/// <param name="Baseline">What now is compared with; null where there is nothing to compare.</param>
/// <param name="Trend">Day by day, the last one is <paramref name="Now"/>.</param>
/// <param name="Events">What explains steps of the trend, in the order of time.</param>
public sealed record PortfolioModel(
    ReportPeriod Period,
    string Tag,
    DateTimeOffset ReadAt,
    PortfolioStand? Now,
    PortfolioBaseline? Baseline,
    IReadOnlyList<PortfolioStand> Trend,
    IReadOnlyList<PortfolioEvent> Events,
    IReadOnlyList<TagStanding> Tags,
    PortfolioMovers Movers,
    PortfolioListings Listings,
    IReadOnlyList<ProviderStanding> Providers,
    IReadOnlyList<PortfolioDecision> Decisions,
    PortfolioUrgency Urgent)
{
    /// <summary>Points by which the mean moved since the baseline; null where they cannot be compared.</summary>
    public double? Change => Now?.Mean is { } now && Baseline?.Stand.Mean is { } before ? Math.Round(now - before, 1) : null;

    /// <summary>The period has not ended.</summary>
    public bool IsRunning => Period.To > DateOnly.FromDateTime(ReadAt.UtcDateTime);
}

/// <summary>How things stood at the end of a day, or stand now.</summary>
/// <param name="Scored">Domains that had a score.</param>
/// <param name="Sum">Of their scores.</param>
/// <param name="Grades">Domains by letter; letters without any are left out.</param>
/// <param name="Listed">Domains on a blocklist at some time of the day.</param>
/// <param name="Problems">Open errors and critical findings.</param>
public sealed record PortfolioStand(DateOnly Day, int Domains, int Scored, double Sum, int TableVersion, ImmutableSortedDictionary<string, int> Grades, int Listed, int Problems)
{
    /// <summary>0 to 100, one decimal; null where no domain has a score.</summary>
    public double? Mean => Scored > 0 ? Math.Round(Sum / Scored, 1) : null;

    /// <summary>Letter of the mean.</summary>
    public string? Grade => Mean is { } mean ? Checks.Scoring.ScoreTable.GradeOf(mean) : null;
}

/// <summary>Why a comparison begins where it does.</summary>
public enum BaselineKind
{
    /// <summary>At the end of the period before.</summary>
    PeriodBefore,

    /// <summary>History is younger: on its first day.</summary>
    HistoryBegins,

    /// <summary>The score table changed in between: on the first day of the new one. What it changed is nobody's doing.</summary>
    TableChanged,
}

/// <summary>What now is compared with.</summary>
public sealed record PortfolioBaseline(BaselineKind Kind, PortfolioStand Stand);

/// <summary>What explains a step of the trend.</summary>
public enum PortfolioEventKind
{
    /// <summary>The score table changed; the number is its version.</summary>
    TableChanged,

    /// <summary>Listings began; the number is that of the domains.</summary>
    ListingsBegan,

    /// <summary>Listings ended.</summary>
    ListingsEnded,

    /// <summary>Many domains were added; the number says how many.</summary>
    DomainsAdded,

    /// <summary>Many domains were removed; the number says how many.</summary>
    DomainsRemoved,
}

/// <summary>Something that happened on a day.</summary>
public sealed record PortfolioEvent(DateOnly Day, PortfolioEventKind Kind, int Number);

/// <summary>The domains of one tag.</summary>
/// <param name="Change">Against the baseline of the whole; null where it cannot be compared.</param>
public sealed record TagStanding(string Tag, int Domains, double? Mean, double? Change);

/// <summary>Who moved most, since the same day as everything is compared with.</summary>
/// <param name="WorseCount">Domains that lost a point or more.</param>
/// <param name="BetterCount">Domains that gained a point or more.</param>
public sealed record PortfolioMovers(IReadOnlyList<DomainMove> Worse, IReadOnlyList<DomainMove> Better, int WorseCount, int BetterCount);

/// <summary>A domain that moved.</summary>
public sealed record DomainMove(int DomainId, string DisplayName, double Before, double Now, IReadOnlyList<MoveCause> Causes)
{
    public double Change => Math.Round(Now - Before, 1);
}

/// <summary>What kind of thing moved it.</summary>
public enum MoveCauseKind
{
    /// <summary>A ceiling of the score applies now: <see cref="MoveCause.Code"/> is its id.</summary>
    CapApplied,

    CapLifted,

    /// <summary>A finding appeared and is still there at the end of the period.</summary>
    FindingOpened,

    FindingResolved,

    /// <summary>A subtest lost points: <see cref="MoveCause.Code"/> is its id.</summary>
    SubtestLost,

    SubtestGained,
}

/// <summary>Why a domain moved.</summary>
/// <param name="Code">Code of the finding, id of the ceiling or of the subtest.</param>
/// <param name="Finding">Enough to write a finding's title; else null.</param>
public sealed record MoveCause(MoveCauseKind Kind, string Code, PortfolioFinding? Finding = null);

/// <summary>Enough of a finding to write its title.</summary>
public sealed record PortfolioFinding(string Code, Subject Subject, ImmutableArray<Evidence> Evidence, Severity Severity, DateTimeOffset Since);

/// <summary>Days on blocklists.</summary>
/// <param name="DomainDays">Each day of each listed domain, added up.</param>
/// <param name="DomainDaysBefore">The same of the period before; null where its history is not whole.</param>
/// <param name="Domains">Those with most days.</param>
/// <param name="Subjects">What was listed longest.</param>
/// <param name="IsWhole">False where there were so many listings that the two lists are made from the latest of them.</param>
public sealed record PortfolioListings(int DomainDays, int? DomainDaysBefore, IReadOnlyList<ListedDomain> Domains, IReadOnlyList<ListedThing> Subjects, bool IsWhole);

/// <summary>A domain that was on a blocklist.</summary>
public sealed record ListedDomain(int DomainId, string DisplayName, int Days, bool IsOpen);

/// <summary>An address or name that was on blocklists.</summary>
/// <param name="AlertId">The latest of its listings.</param>
/// <param name="Lists">Zones of the lists.</param>
/// <param name="Domains">How many domains are behind it.</param>
public sealed record ListedThing(long AlertId, string Name, ImmutableArray<string> Lists, int Domains, int Days, bool IsOpen);

/// <summary>How many domains stand how with a mailbox provider, now.</summary>
public sealed record ProviderStanding(string Provider, IReadOnlyDictionary<ComplianceStatus, int> Counts)
{
    public int Of(ComplianceStatus status) => Counts.GetValueOrDefault(status);
}

/// <summary>Something to decide that raises the score.</summary>
/// <param name="Subtest">What to mend, an id of the score table.</param>
/// <param name="Domains">Domains for which it is one of the three best moves.</param>
/// <param name="Points">By how much the mean of all rises when all of them do it.</param>
/// <param name="Code">The finding that is open in most domains and costs these points; null where none says so.</param>
/// <param name="CodeDomains">In how many domains it is open.</param>
public sealed record PortfolioDecision(string Subtest, int Domains, double Points, string? Code, int CodeDomains)
{
    /// <summary>The three domains that gain most from it.</summary>
    public IReadOnlyList<(int Id, string DisplayName)> First { get; init; } = [];
}

/// <summary>What cannot wait for the next report.</summary>
/// <param name="CriticalDomains">Domains with a critical finding.</param>
/// <param name="Critical">The first of them.</param>
/// <param name="ListedDomains">Domains behind a confirmed listing.</param>
/// <param name="Listings">The first of what is listed.</param>
public sealed record PortfolioUrgency(int CriticalDomains, IReadOnlyList<UrgentFinding> Critical, int ListedDomains, IReadOnlyList<UrgentListing> Listings)
{
    public bool IsEmpty => CriticalDomains == 0 && Listings.Count == 0;
}

/// <summary>A critical finding of a domain.</summary>
public sealed record UrgentFinding(int DomainId, string DisplayName, PortfolioFinding Finding);

/// <summary>Something on a blocklist now.</summary>
public sealed record UrgentListing(long AlertId, Subject Subject, Severity Severity, DateTimeOffset Since, int Domains);
