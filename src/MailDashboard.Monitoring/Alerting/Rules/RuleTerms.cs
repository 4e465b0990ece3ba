using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Monitoring.Alerting.Rules;

/// <summary>What a rule tells of.</summary>
public enum RuleTopic
{
    /// <summary>A blocklist lists what is ours.</summary>
    Listing,

    /// <summary>A finding of any other kind.</summary>
    Finding,

    /// <summary>A change of a record or a certificate, for the worse or, where asked for, any.</summary>
    Change,

    /// <summary>A record is not what somebody pinned.</summary>
    Drift,

    /// <summary>A domain's score fell.</summary>
    ScoreDrop,

    /// <summary>A certificate nears its end.</summary>
    Certificate,

    /// <summary>Something could not be looked at for long.</summary>
    Undetermined,

    /// <summary>A sending profile of our own fails, or a certificate that it needs ends.</summary>
    Sending,
}

/// <summary>When nobody wants to be disturbed.</summary>
/// <param name="From">Minute of the day.</param>
/// <param name="To">Minute of the day; before <paramref name="From"/> it is the next morning's.</param>
/// <param name="TimeZone">IANA id.</param>
/// <param name="BreaksThrough">What is at least this severe is told all the same; null: nothing is.</param>
public sealed record QuietHours(int From, int To, string TimeZone, Severity? BreaksThrough);

/// <summary>What a rule tells of, and how. All conditions have to hold; an empty list asks for nothing.</summary>
public sealed record RuleTerms
{
    public RuleTopic Topic { get; init; }

    /// <summary>At least this severe.</summary>
    public Severity? MinimumSeverity { get; init; }

    /// <summary>Ids of check families.</summary>
    public ImmutableArray<string> Families { get; init; } = [];

    public ImmutableArray<string> Codes { get; init; } = [];

    /// <summary>Domains that bear one of these tags; a new domain with the tag belongs to them.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Domains by name.</summary>
    public ImmutableArray<string> Domains { get; init; } = [];

    /// <summary>Of <see cref="RuleTopic.Listing"/>: lists at least this weighty. Below medium none is told of.</summary>
    public ListWeight MinimumWeight { get; init; } = ListWeight.Medium;

    /// <summary>Of <see cref="RuleTopic.Change"/>: those for the worse only.</summary>
    public bool OnlyWorse { get; init; } = true;

    /// <summary>Of <see cref="RuleTopic.ScoreDrop"/>: points lost against the best of the last seven days.</summary>
    public int ScoreDrop { get; init; } = 10;

    /// <summary>Of <see cref="RuleTopic.Certificate"/>: this share of its lifetime is used, in percent.</summary>
    public int CertificatePercent { get; init; } = 85;

    /// <summary>Of <see cref="RuleTopic.Undetermined"/>: for this long.</summary>
    public int UndeterminedHours { get; init; } = 24;

    /// <summary>Told after so many looks in a row that show it. A listing is never told after one.</summary>
    public int ConfirmAfter { get; init; } = 2;

    /// <summary>Over after so many looks in a row that show it gone.</summary>
    public int ResolveAfter { get; init; } = 2;

    /// <summary>People are reminded this often until it is over or somebody acknowledges it; null: never.</summary>
    public int? RemindHours { get; init; }

    public QuietHours? Quiet { get; init; }

    /// <summary>What happens within this time is told in one message.</summary>
    public int GroupSeconds { get; init; } = 60;

    /// <summary>Reads what <see cref="Write"/> wrote; a program of another version may have written less or more.</summary>
    public static RuleTerms Read(string json) => JsonSerializer.Deserialize(json, RuleTermsJson.Default.RuleTerms) ?? new RuleTerms();

    public string Write() => JsonSerializer.Serialize(this, RuleTermsJson.Default.RuleTerms);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RuleTerms))]
internal sealed partial class RuleTermsJson : JsonSerializerContext;
