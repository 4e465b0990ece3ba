using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Domains;

/// <summary>What the list can be ordered by.</summary>
public enum DomainOrder
{
    Name,
    Score,
    Worst,
    LastAudit,
    Listings,
}

/// <summary>Which domains the list keeps.</summary>
public enum DomainFilter
{
    All,

    /// <summary>Something of severity error or above is open.</summary>
    NeedsAttention,

    /// <summary>Something watched is listed.</summary>
    Listed,

    /// <summary>Some family could not be determined.</summary>
    Undetermined,

    /// <summary>Not looked at yet.</summary>
    New,
}

/// <summary>One page of the list, as asked for. Filtering, ordering and paging happen in the database.</summary>
public sealed record DomainListQuery
{
    /// <summary>Part of a name, U-labels or A-labels.</summary>
    public string? Search { get; init; }

    public string? Tag { get; init; }

    public DomainFilter Filter { get; init; }

    public DomainOrder Order { get; init; }

    public bool Descending { get; init; }

    /// <summary>From 0.</summary>
    public int Page { get; init; }

    public int PageSize { get; init; } = 50;
}

/// <summary>A row of the list.</summary>
public sealed record DomainListItem(
    int Id,
    string Name,
    string DisplayName,
    double? Score,
    string? Grade,
    Severity? WorstSeverity,
    int CriticalCount,
    int ErrorCount,
    int WarningCount,
    int ListingCount,
    int UndeterminedCount,
    string? DmarcPolicy,
    DateTimeOffset? LastAuditAt,
    IReadOnlyList<string> Tags)
{
    /// <summary>The policy could not be looked up: that none is stored does not mean that none is published.</summary>
    public bool IsDmarcUnknown { get; init; }
}

/// <summary>How many domains each filter would keep.</summary>
public sealed record DomainCounts(int All, int NeedsAttention, int Listed, int Undetermined, int New)
{
    /// <summary>The number of one filter.</summary>
    public int Of(DomainFilter filter) => filter switch
    {
        DomainFilter.NeedsAttention => NeedsAttention,
        DomainFilter.Listed => Listed,
        DomainFilter.Undetermined => Undetermined,
        DomainFilter.New => New,
        _ => All,
    };
}

/// <summary>A page of the list.</summary>
/// <param name="Total">Rows that the filter keeps.</param>
public sealed record DomainListPage(IReadOnlyList<DomainListItem> Items, int Total);
