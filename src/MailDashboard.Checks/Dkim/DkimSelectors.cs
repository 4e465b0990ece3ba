using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dkim;

/// <summary>
/// Selectors that providers and common server software use. DNS cannot list the selectors of a domain, so these are
/// guesses: finding one proves a key, finding none proves nothing.
/// </summary>
public static class DkimSelectors
{
    /// <summary>The ones seen most; asked even where the server says that nothing exists below <c>_domainkey</c>.</summary>
    public static ImmutableArray<string> Commonest { get; } = ["default", "mail", "dkim", "google", "k1", "s1", "selector1"];

    /// <summary>All that are tried beside the stated ones.</summary>
    public static ImmutableArray<string> WellKnown { get; } =
    [
        .. Commonest,
        "selector2", "s2", "k2", "k3",
        "mailjet", "brevo1", "brevo2", "mte1", "mte2", "pdk1", "pdk2", "resend",
        "mta", "smtp", "zmail", "20230601",
        "fm1", "fm2", "fm3", "gm1", "gm2", "gm3", "s1-ionos", "s2-ionos",
        "protonmail", "protonmail2", "protonmail3", "sig1",
    ];

    /// <summary>
    /// A selector that nobody has: where it answers, a wildcard answers. Always the same, so that resolvers may keep it.
    /// </summary>
    public const string Improbable = "no-such-selector-q7x2";

    /// <summary>More stated selectors than this are not asked; no domain has them.</summary>
    public const int MaximumGiven = 50;

    /// <summary>The name of a selector's record.</summary>
    public static string RecordName(string selector, string domain) => $"{selector}.{NodeName(domain)}";

    /// <summary>The name that all selectors of a domain are below.</summary>
    public static string NodeName(string domain) => $"_domainkey.{domain}";

    /// <summary>A selector as a person may have typed it (whole record name, upper case) in the form that is asked.</summary>
    public static string Normalize(string selector, string domain)
    {
        var name = DnsNames.Normalize(selector.Trim());
        foreach (var ending in (ReadOnlySpan<string>)["." + NodeName(domain), "._domainkey"])
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                return name[..^ending.Length];
            }
        }

        return name;
    }
}
