using System.Collections.Immutable;

namespace MailDashboard.Checks.MtaSts;

/// <summary>Compares two looks at the same domain.</summary>
public static class MtaStsChange
{
    /// <summary>
    /// The policy changed and <c>id</c> did not: senders that remember the old one do not look again before its <c>max_age</c> is
    /// over (RFC 8461 §3.1).
    /// </summary>
    /// <param name="recordBefore">Texts at <c>_mta-sts</c>, as kept in the history.</param>
    /// <param name="policyBefore">Lines of the policy, as kept in the history.</param>
    /// <param name="recordAfter">The same now.</param>
    /// <param name="policyAfter">The same now.</param>
    public static bool IdWasForgotten(ImmutableArray<string> recordBefore, ImmutableArray<string> policyBefore, ImmutableArray<string> recordAfter, ImmutableArray<string> policyAfter) =>
        Id(recordBefore) is { } id && id == Id(recordAfter) && !policyBefore.IsEmpty && !policyAfter.IsEmpty && !policyBefore.AsSpan().SequenceEqual(policyAfter.AsSpan());

    private static string? Id(ImmutableArray<string> texts) => texts.Select(MtaStsRecord.Parse).FirstOrDefault(r => r is not null)?.Id;
}
