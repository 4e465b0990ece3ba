using MailDashboard.Checks.TagLists;

namespace MailDashboard.Checks.Dmarc;

/// <summary>Recognises texts that were meant as a DMARC record and that receivers ignore.</summary>
internal static class DmarcNearMiss
{
    /// <summary>How far into the text the version is looked for.</summary>
    private const int Reach = 60;

    public static bool Is(string text) =>
        DmarcRecord.Parse(text) is null
        && (text.AsSpan(0, Math.Min(text.Length, Reach)).Contains("DMARC", StringComparison.OrdinalIgnoreCase) || HasPolicy(text));

    /// <summary>At <c>_dmarc</c> even a list without any version is meant as one if it states a policy.</summary>
    private static bool HasPolicy(string text) =>
        TagList.Parse(text).Tags.Any(t => t.Name is "p" or "P" && DmarcPolicies.Read(t.Value.Trim('"', '\\')) is not null);
}
