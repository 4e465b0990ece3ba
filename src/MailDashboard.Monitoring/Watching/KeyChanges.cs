using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.TagLists;

namespace MailDashboard.Monitoring.Watching;

/// <summary>Judges a change of a DKIM key record. A key that is added, beside others or where none was, makes nothing worse.</summary>
internal static class KeyChanges
{
    public static (FindingDefinition, Severity?)? Judge(RecordChange change)
    {
        var before = Keys(change.Before);
        var after = Keys(change.After);
        if (before.Count == 0)
        {
            return null;
        }

        return after.Count == 0 ? (ChangeFindings.KeyRemoved, null)
            : !change.IsAliased && before.Except(after).Any() ? (ChangeFindings.KeyReplaced, null)
            : null;
    }

    /// <summary>The keys themselves; an empty one is revoked (RFC 6376 §3.6.1).</summary>
    private static List<string> Keys(ImmutableArray<string> texts) =>
    [
        .. texts.Select(t => TagList.Parse(t)["p"]).OfType<string>()
            .Select(p => string.Concat(p.Where(c => !char.IsWhiteSpace(c))))
            .Where(p => p.Length > 0),
    ];
}
