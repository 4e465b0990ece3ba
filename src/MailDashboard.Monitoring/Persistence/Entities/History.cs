namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>One version of a record set; current while <see cref="SeenUntil"/> is null. Written on change.</summary>
public sealed class RecordVersion
{
    public long Id { get; set; }

    public int DomainId { get; set; }

    public required string Family { get; set; }

    public required string Name { get; set; }

    public required string Type { get; set; }

    /// <summary>The values, sorted, as a JSON array; empty where the record is not there.</summary>
    public required string ValuesJson { get; set; }

    public DateTimeOffset SeenFrom { get; set; }

    public DateTimeOffset? SeenUntil { get; set; }
}

/// <summary>A score from its moment on, until the next one. Written on change.</summary>
public sealed class ScoreVersion
{
    public long Id { get; set; }

    public int DomainId { get; set; }

    public DateTimeOffset At { get; set; }

    public double Value { get; set; }

    public double Maximum { get; set; }

    public required string Grade { get; set; }

    public int TableVersion { get; set; }

    /// <summary>The whole <see cref="Checks.Scoring.Score"/>, as JSON.</summary>
    public required string DetailJson { get; set; }
}

/// <summary>Everything asked and answered at the last audit of a domain.</summary>
public sealed class TranscriptRow
{
    public int DomainId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>JSON, compressed with Brotli.</summary>
    public required byte[] Content { get; set; }
}
