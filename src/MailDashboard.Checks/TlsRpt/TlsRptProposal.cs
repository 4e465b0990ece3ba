using System.Text.RegularExpressions;

namespace MailDashboard.Checks.TlsRpt;

/// <summary>Writes the record that mends a fault, and recognises texts that were meant as one.</summary>
internal static partial class TlsRptProposal
{
    /// <summary>How far into the text the version is looked for.</summary>
    private const int Reach = 60;

    private const int LongestText = 2000;

    public static string Name(string domain) => $"_smtp._tls.{domain}";

    /// <summary>A first record: reports by mail to the domain itself.</summary>
    public static ProposedRecord First(string domain) => Of(domain, [$"mailto:tls-reports@{domain}"]);

    /// <summary>A record to every destination that can be used or guessed; without any, the first record.</summary>
    public static ProposedRecord With(string domain, params IEnumerable<TlsRptRecord> records)
    {
        var usable = records.SelectMany(r => r.Destinations).Select(d => d.Repaired()?.Text).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return usable.Count == 0 ? First(domain) : Of(domain, usable);
    }

    /// <summary>A record out of a text that was meant as one.</summary>
    public static ProposedRecord Repaired(string domain, string text)
    {
        var clean = Prefix().Replace(text[..Math.Min(text.Length, LongestText)].Trim(' ', '\t', '"', '\''), $"{TlsRptRecord.Version}; ");
        return TlsRptRecord.Parse(clean) is { } record ? With(domain, record) : First(domain);
    }

    /// <summary>Not a record, and yet meant as one.</summary>
    public static bool IsNearMiss(string text) =>
        TlsRptRecord.Parse(text) is null
        && text.AsSpan(0, Math.Min(text.Length, Reach)) is var start
        && (start.Contains("TLSRPT", StringComparison.OrdinalIgnoreCase) || start.Contains("TLS-RPT", StringComparison.OrdinalIgnoreCase));

    private static ProposedRecord Of(string domain, IEnumerable<string> destinations) =>
        new(Name(domain), "TXT", $"{TlsRptRecord.Version}; rua={string.Join(',', destinations)}");

    /// <summary>The version in any of its misspellings, with or without what parts it from the rest.</summary>
    [GeneratedRegex(@"^[^A-Za-z]*(v\s*=?\s*)?[""']?TLS-?RPT[ -]?(v?[0-9.]*)?[^A-Za-z0-9]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
