using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Watching;

/// <summary>What kind of change it was. Stored by name.</summary>
public enum WatchedChange
{
    /// <summary>A record that was not there before.</summary>
    Appeared,

    Changed,
    Removed,

    /// <summary>A new certificate of the same issuer for the same names.</summary>
    CertificateRenewed,

    /// <summary>A certificate of another issuer, or for other names.</summary>
    CertificateReplaced,
}

/// <summary>A record set before and after; empty where it is not there.</summary>
/// <param name="Domain">The domain it is watched for.</param>
/// <param name="Name">Owner name; the host of a certificate.</param>
/// <param name="Type">TXT, MX …, or CERT.</param>
public sealed record RecordChange(string Domain, string Name, string Type, ImmutableArray<string> Before, ImmutableArray<string> After)
{
    /// <summary>The name is an alias that leads to somebody else's record, today as before: what stands there is theirs to change.</summary>
    public bool IsAliased { get; init; }

    /// <summary>Of an MTA-STS policy: the record that announces it has been the same since before the change.</summary>
    public bool IsUnannounced { get; init; }
}

/// <summary>What a change comes to.</summary>
/// <param name="Worse">What it says where it makes something worse, else null.</param>
/// <param name="Severity">How much that matters; null where it is not worse.</param>
public sealed record ChangeVerdict(WatchedChange Kind, FindingDefinition? Worse = null, Severity? Severity = null)
{
    /// <summary>Somebody has to say that it was meant.</summary>
    public bool IsWorse => Worse is not null;
}
