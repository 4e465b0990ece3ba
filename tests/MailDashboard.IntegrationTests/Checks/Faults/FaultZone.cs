using System.Globalization;
using System.Text;
using MailDashboard.IntegrationTests.Servers.Dns;

namespace MailDashboard.IntegrationTests.Checks.Faults;

/// <summary>
/// A zone that differs from the right one in one thing. <c>{d}</c> stands for its domain, <c>{rsa2048}</c>, <c>{rsa1024}</c>,
/// <c>{rsa512}</c> and <c>{ed25519}</c> for keys.
/// </summary>
/// <param name="Id">First label of its domain; as a test's name it says what is wrong.</param>
/// <param name="Codes">Every code of severity warning or worse that the audit has to say, once for each time it says it.</param>
public sealed record FaultZone(string Id, params string[] Codes)
{
    /// <summary>Signed with DNSSEC, and looked at through a resolver that validates.</summary>
    public bool IsSigned { get; init; }

    public const string Selector = "s1";

    /// <summary>Master-file lines.</summary>
    public string Mx { get; init; } = "@ MX 10 mx1.hosts.example.\n@ MX 20 mx2.hosts.example.";

    /// <summary>The text at the domain; null: none.</summary>
    public string? Spf { get; init; } = "v=spf1 mx -all";

    /// <summary>The text at the selector; null: none.</summary>
    public string? Dkim { get; init; } = "v=DKIM1; k=rsa; p={rsa2048}";

    /// <summary>The text at <c>_dmarc</c>; null: none.</summary>
    public string? Dmarc { get; init; } = "v=DMARC1; p=reject; rua=mailto:reports@{d}";

    /// <summary>More master-file lines.</summary>
    public string More { get; init; } = "";

    /// <summary>What is asked about, where it is not the zone itself: a name below it.</summary>
    public string Below { get; init; } = "";

    /// <summary>The families, blocklists aside, that cannot come to a verdict: what they had to look at was not there.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];

    /// <summary>What the exit status has to be under <c>--dns-only</c>; for faults that only a connection shows it is 0.</summary>
    public int DnsOnlyStatus { get; init; }

    public string Zone => $"{Id}.example";

    public string Domain => Below.Length == 0 ? Zone : $"{Below}.{Zone}";

    public override string ToString() => Id;

    public KnotZone ToKnot()
    {
        var text = new StringBuilder();
        text.Append(Mx).Append('\n').Append(Txt("@", Spf)).Append(Txt($"{Selector}._domainkey", Dkim)).Append(Txt("_dmarc", Dmarc)).Append(More);
        return new KnotZone(Zone, DaneFaults.Fill(Fill(text.ToString())), IsSigned);
    }

    /// <summary>A TXT record in strings of 255 octets, as long as it takes.</summary>
    public static string Txt(string name, string? text) => text is null ? "" : $"{name} TXT {Strings(text)}\n";

    private static string Strings(string text)
    {
        // A key is filled in before the text is cut, or the placeholder itself would be.
        var whole = FaultKeys.Fill(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return string.Join(' ', whole.Chunk(250).Select(part => $"\"{string.Concat(part.Select(Escaped))}\""));
    }

    private static string Escaped(char c) => c is >= ' ' and <= '~'
        ? c.ToString()
        : string.Concat(Encoding.UTF8.GetBytes([c]).Select(octet => string.Create(CultureInfo.InvariantCulture, $"\\{octet:000}")));

    private string Fill(string text) => text.Replace("{d}", Zone, StringComparison.Ordinal);
}
