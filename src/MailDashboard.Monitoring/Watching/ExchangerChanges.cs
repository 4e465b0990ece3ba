using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Watching;

/// <summary>Judges a change of the MX records by the hosts they name; preferences alone divert nothing.</summary>
internal static class ExchangerChanges
{
    public static (FindingDefinition, Severity?)? Judge(RecordChange change)
    {
        var before = Hosts(change.Before);
        var after = Hosts(change.After);
        var (added, removed) = (after.Except(before).Any(), before.Except(after).Any());
        return (added, removed) switch
        {
            (true, true) => (ChangeFindings.ExchangersReplaced, before.Intersect(after).Any() ? Severity.Warning : null),
            (true, false) => (ChangeFindings.ExchangerAdded, null),
            (false, true) => (ChangeFindings.ExchangerRemoved, after.Count == 0 ? Severity.Error : null),
            _ => null,
        };
    }

    /// <summary>The null MX (RFC 7505) names no host.</summary>
    private static HashSet<string> Hosts(ImmutableArray<string> values) =>
    [
        .. values.Select(v => v[(v.LastIndexOf(' ') + 1)..].TrimEnd('.').ToLowerInvariant()).Where(h => h.Length > 0),
    ];
}
