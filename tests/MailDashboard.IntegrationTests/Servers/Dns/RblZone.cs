using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace MailDashboard.IntegrationTests.Servers.Dns;

/// <summary>One blocklist zone as rbldnsd's files want it.</summary>
internal sealed class RblZone(string name, RblKind kind)
{
    public string Name => name;

    public ConcurrentDictionary<string, string> Entries { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool TestPoints { get; set; } = true;

    public string? Everything { get; set; }

    public string FileName => name.Replace('/', '_');

    public string DataSet => kind switch
    {
        RblKind.Ip4 => "ip4set",
        RblKind.Ip6 => "ip6trie",
        _ => "dnset",
    };

    // RFC 5782 section 5: what every list has to list so that it can be seen to work.
    private string TestPoint => kind switch
    {
        RblKind.Ip4 => "127.0.0.2",
        RblKind.Ip6 => "::ffff:7f00:2",
        _ => ".test",
    };

    // rbldnsd takes neither 0.0.0.0/0 nor the root; halves, and the endings that tests use, come to the same.
    private string[] AllThereIs => kind switch
    {
        RblKind.Ip4 => ["0.0.0.0/1", "128.0.0.0/1"],
        RblKind.Ip6 => ["::/0"],
        _ => [".test", ".example", ".invalid", ".com", ".net", ".org", ".fr"],
    };

    public string Data()
    {
        var text = new StringBuilder(":127.0.0.2:Listed by the test\n");
        if (Everything is { } answer)
        {
            foreach (var part in AllThereIs)
            {
                text.Append(CultureInfo.InvariantCulture, $"{part} :{answer}:Everything\n");
            }

            return text.ToString();
        }

        if (TestPoints)
        {
            text.Append(TestPoint).Append(" :127.0.0.2:Test point of RFC 5782\n");
        }

        foreach (var (entry, value) in Entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry} {value}\n");
        }

        return text.ToString();
    }

    /// <summary>SOA whose serial tells which data was loaded.</summary>
    public string Generic(int generation) =>
        string.Create(CultureInfo.InvariantCulture, $"$SOA 60 ns.{name} hostmaster.{name} {generation} 600 300 86400 1\n$NS 60 ns.{name}\n");
}
