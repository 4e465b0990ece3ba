using System.Collections.Immutable;
using MailDashboard.Checks.Compliance;
using MailDashboard.Checks.Strict;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Compliance;

/// <summary>One page of domains × providers, as asked for.</summary>
public sealed record ComplianceQuery
{
    /// <summary>Part of a name, U-labels or A-labels.</summary>
    public string? Search { get; init; }

    public string? Tag { get; init; }

    /// <summary>Only domains that stand so, with <see cref="Provider"/> or with any.</summary>
    public ComplianceStatus? Status { get; init; }

    public string? Provider { get; init; }

    /// <summary>From 0.</summary>
    public int Page { get; init; }

    public int PageSize { get; init; } = 50;
}

/// <summary>A domain in the list.</summary>
/// <param name="Cells">By provider; empty where it was never looked at.</param>
public sealed record ComplianceRow(
    int Id, string DisplayName, int? DailyVolume, bool IsStrict, DateTimeOffset? LastAuditAt, IReadOnlyDictionary<string, ComplianceStatus> Cells);

/// <summary>A page of the list.</summary>
/// <param name="Total">Rows that the filter keeps.</param>
/// <param name="Page">The page it is, from 0: the last one where a later one was asked for.</param>
public sealed record ComplianceList(IReadOnlyList<ComplianceRow> Rows, int Total, int Page);

/// <summary>How many domains stand how.</summary>
/// <param name="All">Every domain, looked at or not.</param>
public sealed record ComplianceCounts(int All, IReadOnlyDictionary<ComplianceStatus, int> ByStatus)
{
    public int Of(ComplianceStatus status) => ByStatus.GetValueOrDefault(status);
}

/// <summary>How one domain stands with every provider, and by the strict profile.</summary>
/// <param name="Domain">The row itself, detached.</param>
/// <param name="Sends">As stated, else as DNS proposes.</param>
/// <param name="Findings">Open ones, those that somebody accepted too: a provider knows nothing of that.</param>
public sealed record ComplianceDossier(
    MailDomain Domain, bool Sends, ImmutableArray<ProviderVerdict> Providers, ImmutableArray<StrictVerdict> Strict, IReadOnlyList<StoredFinding> Findings)
{
    /// <summary>The stored finding behind a reason; null where it is none.</summary>
    public StoredFinding? Find(StandingFinding? finding) =>
        finding is null ? null : Findings.FirstOrDefault(f => f.Code == finding.Code && f.Subject == finding.Subject);
}
