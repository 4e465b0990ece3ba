using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.MtaSts;

namespace MailDashboard.Monitoring.Watching;

/// <summary>Judges a change of an MTA-STS policy (RFC 8461 §3.2).</summary>
internal static class PolicyChanges
{
    /// <summary>The type under which its lines are kept; the name is that of its host.</summary>
    public const string RecordType = "POLICY";

    public static (FindingDefinition, Severity?)? Judge(RecordChange change)
    {
        if (change.Before.IsEmpty || change.After.IsEmpty)
        {
            // One that cannot be fetched any more is the family's to say; senders go on with what they remember.
            return null;
        }

        return Mode(change.After) < Mode(change.Before) ? (ChangeFindings.PolicyWeakened, null)
            : change.IsUnannounced ? (ChangeFindings.PolicyUnannounced, null)
            : null;
    }

    /// <summary>An invalid policy is none.</summary>
    private static MtaStsMode Mode(ImmutableArray<string> lines) =>
        MtaStsPolicy.Parse(string.Join('\n', lines)) is { IsValid: true, Mode: { } mode } ? mode : MtaStsMode.None;
}
