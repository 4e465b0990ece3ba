using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>Texts that were meant to be SPF records and that no receiver takes for one.</summary>
public static class SpfNearMiss
{
    /// <summary>Those among the texts of an answer, as published.</summary>
    public static ImmutableArray<string> Find(DnsAnswer texts) => [.. texts.Texts.Where(IsOne)];

    private static bool IsOne(string text)
    {
        if (SpfRecord.IsSpf(text))
        {
            return false;
        }

        // Quotes typed into a form, a blank or an invisible mark before it, "spf1" without its "v=".
        var start = text.AsSpan(0, Math.Min(text.Length, 40)).TrimStart(" \t\r\n\"'\\\u00A0\u200B\uFEFF");
        return start.StartsWith("v=spf", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("v =spf", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("v= spf", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("v = spf", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("v:spf", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("spf=", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("spf1 ", StringComparison.OrdinalIgnoreCase);
    }
}
