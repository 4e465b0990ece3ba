using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using MailDashboard.Mail.Sending;
using MimeKit.Cryptography;

namespace MailDashboard.Monitoring.Placement;

/// <summary>One thing that a provider said about a message.</summary>
/// <param name="What">Key of what it is about: <c>Said.{What}</c> in the texts.</param>
/// <param name="Value">As it was written, one line, capped. Hostile text.</param>
/// <param name="Meaning">Key of what that means: <c>Said.{What}.{Meaning}</c> in the texts.</param>
public sealed record ProviderSaying(string What, string Value, string Meaning);

/// <summary>
/// Reads what providers write into headers: Microsoft's levels, the verdicts of SpamAssassin, rspamd and Gmail, and what the receiving host found of
/// SPF, DKIM and DMARC (RFC 8601). Of fields that are there more often the topmost counts: it was written last. Pure; never throws.
/// </summary>
public static partial class ProviderSayings
{
    private const int LongestValue = 200;
    private static readonly string[] _methods = ["spf", "dkim", "dmarc"];

    /// <summary>What the fields say, in the order in which it matters.</summary>
    public static ImmutableArray<ProviderSaying> Of(ImmutableArray<ProviderField> fields)
    {
        var said = ImmutableArray.CreateBuilder<ProviderSaying>();
        var report = Pairs(Topmost(fields, "X-Forefront-Antispam-Report"));
        Add("Sfv", report.GetValueOrDefault("SFV"), Sfv);
        Add("Scl", report.GetValueOrDefault("SCL") ?? Topmost(fields, "X-MS-Exchange-Organization-SCL")?.Trim(), Scl);
        Add("Bcl", Pairs(Topmost(fields, "X-Microsoft-Antispam")).GetValueOrDefault("BCL"), Bcl);
        AddScore("SpamAssassin", SpamAssassin().Match(Topmost(fields, "X-Spam-Status") ?? ""));
        AddScore("Rspamd", Rspamd().Match(Topmost(fields, "X-Spamd-Result") ?? ""));
        Add("Gmail", Topmost(fields, "X-Gm-Spam")?.Trim(), v => v == "0" ? "Clean" : "Spam");
        if (Topmost(fields, "Authentication-Results") is { } results && AuthenticationResults.TryParse(System.Text.Encoding.UTF8.GetBytes(results), out var read))
        {
            foreach (var result in read.Results.Where(r => _methods.Contains(r.Method, StringComparer.OrdinalIgnoreCase)))
            {
                Add("Authentication", $"{result.Method}={result.Result}", _ => Authentication(result.Result));
            }
        }

        return said.ToImmutable();

        void Add(string what, string? value, Func<string, string> meaning)
        {
            if (!string.IsNullOrEmpty(value))
            {
                said.Add(new ProviderSaying(what, OutgoingMime.OneLine(value, LongestValue), meaning(value)));
            }
        }

        void AddScore(string what, Match match)
        {
            if (match.Success)
            {
                Add(what, $"{match.Groups["score"].Value} / {match.Groups["required"].Value}", _ => match.Groups["spam"].Value.ToUpperInvariant() is "YES" or "TRUE" ? "Spam" : "Clean");
            }
        }
    }

    private static string? Topmost(ImmutableArray<ProviderField> fields, string name) => fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>"SFV:NSPM;SCL:1;CTRY:FR": the first of each name.</summary>
    private static Dictionary<string, string> Pairs(string? value) =>
        (value ?? "").Split(';').Select(p => p.Split(':', 2)).Where(p => p.Length == 2).Select(p => (Name: p[0].Trim().ToUpperInvariant(), Value: p[1].Trim()))
            .DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value);

    private static string Sfv(string verdict) => verdict.ToUpperInvariant() switch
    {
        "NSPM" => "Clean",
        "SPM" => "Spam",
        "SKS" or "SKB" or "BLK" => "Blocked",
        "SKN" or "SKA" or "SFE" or "SKI" or "SKQ" => "Skipped",
        _ => "Other",
    };

    private static string Scl(string level) => int.TryParse(level, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var scl) ? scl switch
    {
        -1 => "Skipped",
        >= 0 and <= 4 => "Clean",
        5 or 6 => "Spam",
        >= 7 and <= 9 => "Sure",
        _ => "Other",
    } : "Other";

    private static string Bcl(string level) => int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var bcl) ? bcl switch
    {
        0 => "None",
        <= 3 => "Few",
        <= 7 => "Some",
        _ => "Many",
    } : "Other";

    private static string Authentication(string result) => result.ToLowerInvariant() switch
    {
        "pass" or "bestguesspass" => "Pass",
        "fail" or "softfail" or "permerror" => "Fail",
        _ => "Other",
    };

    [GeneratedRegex(@"^\s*(?<spam>Yes|No),\s+score=(?<score>-?[0-9.]{1,10})\s+required=(?<required>-?[0-9.]{1,10})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpamAssassin();

    [GeneratedRegex(@"^\s*[\w-]{1,40}:\s*(?<spam>True|False)\s*\[(?<score>-?[0-9.]{1,10})\s*/\s*(?<required>-?[0-9.]{1,10})\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rspamd();
}
