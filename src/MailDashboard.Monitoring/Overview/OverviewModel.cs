using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting;

namespace MailDashboard.Monitoring.Overview;

/// <summary>The overview: what is broken now, what got worse, what ends soon, what could not be checked?</summary>
public sealed record OverviewModel(
    DomainNumbers Domains,
    IReadOnlyList<(string Grade, int Count)> Grades,
    IReadOnlyList<NeedyDomain> Needy,
    BrokenNow Broken,
    GotWorse Worse,
    IReadOnlyList<Expiry> Expiring,
    NotChecked Unknown,
    IReadOnlyList<RecentChange> Changes);

/// <summary>How many domains there are.</summary>
/// <param name="Needy">With something open of severity error or above.</param>
/// <param name="Undetermined">On which something could not be checked.</param>
/// <param name="New">Not looked at yet.</param>
/// <param name="Mean">Of those that have a score.</param>
public sealed record DomainNumbers(int All, int Needy, int Undetermined, int New, double? Mean);

/// <summary>A domain that needs somebody, for the list of the overview.</summary>
public sealed record NeedyDomain(int Id, string DisplayName, double? Score, string? Grade, Severity Worst, int CriticalCount, int ErrorCount)
{
    /// <summary>The worst that is open; null where it was resolved a moment ago.</summary>
    public TopFinding? Top { get; init; }
}

/// <summary>Enough of a finding to write its title.</summary>
public sealed record TopFinding(string Code, Subject Subject, ImmutableArray<Evidence> Evidence);

/// <summary>An incident as a line of the overview.</summary>
/// <param name="Alert">With one of its domains, for its title.</param>
/// <param name="DomainCount">All that are behind it.</param>
public sealed record IncidentLine(AlertView Alert, int DomainCount);

/// <summary>Alerts that are not over.</summary>
/// <param name="Waiting">Nobody takes care of them.</param>
/// <param name="Handled">Somebody does, or muted them.</param>
/// <param name="Listings">Confirmed listings among them.</param>
/// <param name="First">Those that wait first, the worst of them on top.</param>
public sealed record BrokenNow(int Waiting, int Handled, int Listings, IReadOnlyList<IncidentLine> First);

/// <summary>What got worse since yesterday and still is.</summary>
/// <param name="IncidentCount">Alerts that opened, whether or not they are over again.</param>
/// <param name="Findings">By code, those that no alert tells of; a change for the worse is one of them.</param>
/// <param name="MoreCodes">Codes of the same that are not shown.</param>
/// <param name="FallCount">Scores that fell.</param>
public sealed record GotWorse(
    int IncidentCount, IReadOnlyList<IncidentLine> Incidents, IReadOnlyList<NewFinding> Findings, IReadOnlyList<string> MoreCodes, int FallCount, IReadOnlyList<ScoreFall> Falls)
{
    public bool IsEmpty => IncidentCount + Findings.Count + FallCount == 0;
}

/// <summary>A code with findings that were not there yesterday.</summary>
/// <param name="Example">The latest of them.</param>
public sealed record NewFinding(TopFinding Example, Severity Severity, DateTimeOffset LatestAt, int DomainCount, int DomainId, string DisplayName);

/// <summary>A score that is lower than it was yesterday, by the same table.</summary>
public sealed record ScoreFall(int DomainId, string DisplayName, double From, double To, string? Grade);

/// <summary>What could not be checked.</summary>
/// <param name="ResolverSilentSince">Our own DNS server does not answer: nothing is checked.</param>
/// <param name="Domains">Some of them, those with most checks missing first.</param>
public sealed record NotChecked(DateTimeOffset? ResolverSilentSince, IReadOnlyList<UncheckedDomain> Domains);

/// <summary>A domain with the checks that could not be made.</summary>
public sealed record UncheckedDomain(int Id, string DisplayName, IReadOnlyList<UncheckedFamily> Families);

/// <summary>A check that could not be made.</summary>
public sealed record UncheckedFamily(string Family, DateTimeOffset? Since, Reason? Reason);

/// <summary>What kind of change it was.</summary>
public enum ChangeKind
{
    FindingResolved,
    RecordChanged,
    CertificateChanged,
}

/// <summary>Something that changed lately, and not for the worse.</summary>
/// <param name="Finding">What was resolved, else null.</param>
/// <param name="Text"><c>name type</c> of a record, the host of a certificate.</param>
public sealed record RecentChange(DateTimeOffset At, ChangeKind Kind, int DomainId, string DisplayName, TopFinding? Finding, string Text);
