namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>How all domains, or those of one tag, stood at the end of a day (UTC). Written once a day; kept when the detail is thinned.</summary>
public sealed class PortfolioDay
{
    public DateOnly Day { get; set; }

    /// <summary>Empty for all domains.</summary>
    public required string Tag { get; set; }

    public int DomainCount { get; set; }

    /// <summary>Domains that had a score.</summary>
    public int ScoredCount { get; set; }

    public double ScoreSum { get; set; }

    /// <summary>Version of the score table of that day.</summary>
    public int TableVersion { get; set; }

    /// <summary>Domains by grade, as a JSON object.</summary>
    public required string GradesJson { get; set; }

    /// <summary>Domains that were on a blocklist at some time of the day.</summary>
    public int ListedCount { get; set; }

    /// <summary>Open critical findings and errors at the end of the day.</summary>
    public int ProblemCount { get; set; }
}

/// <summary>What is sent regularly.</summary>
public enum ReportKind
{
    /// <summary>For operators, every day.</summary>
    Digest,

    /// <summary>For managers, on Mondays.</summary>
    Weekly,

    /// <summary>For managers, on the first of the month.</summary>
    Monthly,
}

/// <summary>Somebody gets a report by e-mail.</summary>
public sealed class ReportSubscription
{
    public int Id { get; set; }

    public ReportKind Kind { get; set; }

    public required string Address { get; set; }

    /// <summary><c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; set; }

    /// <summary>Empty for all domains.</summary>
    public string Tag { get; set; } = "";

    public bool IsEnabled { get; set; } = true;

    /// <summary>Hour of the day, 0 to 23, in <see cref="TimeZone"/>.</summary>
    public int Hour { get; set; } = 7;

    /// <summary>IANA id.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Indexed.</summary>
    public DateTimeOffset NextAt { get; set; }

    public DateTimeOffset? LastAt { get; set; }
}

/// <summary>A report that somebody without an account may read until the end.</summary>
public sealed class ReportLink
{
    public int Id { get; set; }

    /// <summary>SHA-256 of the token, in hexadecimal: the token itself is shown once. Unique.</summary>
    public required string TokenHash { get; set; }

    /// <summary>First day of the period.</summary>
    public DateOnly From { get; set; }

    /// <summary>Day after the last of the period.</summary>
    public DateOnly To { get; set; }

    public string Tag { get; set; } = "";

    public required string Language { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }
}
