using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;
using YamlDotNet.RepresentationModel;

namespace MailDashboard.Tests.Checks.Spf.Rfc7208;

/// <summary>One case of the suite.</summary>
public sealed record SpfSuiteCase(string Id, string Helo, string Host, string MailFrom, IReadOnlyList<string> Results, string? Explanation)
{
    public required FakeDns Zone { get; init; }

    public override string ToString() => Id;
}

/// <summary>Reads the suite's YAML.</summary>
public static class SpfSuite
{
    private static readonly DnsRecordType[] Types = [DnsRecordType.A, DnsRecordType.AAAA, DnsRecordType.MX, DnsRecordType.PTR, DnsRecordType.TXT];

    public static IReadOnlyList<SpfSuiteCase> Load()
    {
        using var stream = typeof(SpfSuite).Assembly.GetManifestResourceStream("rfc7208-tests.yml")!;
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return [.. yaml.Documents.Select(d => (YamlMappingNode)d.RootNode).SelectMany(Scenario)];
    }

    private static IEnumerable<SpfSuiteCase> Scenario(YamlMappingNode scenario)
    {
        var zone = ReadZone((YamlMappingNode)scenario["zonedata"]);
        foreach (var (id, test) in (YamlMappingNode)scenario["tests"])
        {
            yield return new SpfSuiteCase(Text(id), Text(test["helo"]), Text(test["host"]), Text(test["mailfrom"]), Texts(test["result"]), Optional(test, "explanation"))
            {
                Zone = zone,
            };
        }
    }

    private static FakeDns ReadZone(YamlMappingNode zone)
    {
        var dns = new FakeDns();
        foreach (var (name, entries) in zone)
        {
            AddName(dns, Text(name), [.. ((YamlSequenceNode)entries).Select(Entry)]);
        }

        return dns;
    }

    private static (string Type, YamlNode? Value) Entry(YamlNode node) =>
        node is YamlMappingNode map ? (Text(map.Children.Single().Key), map.Children.Single().Value) : (Text(node), null);

    private static void AddName(FakeDns dns, string name, List<(string Type, YamlNode? Value)> entries)
    {
        dns.Empty(name);
        var hasTxt = entries.Any(e => e.Type == "TXT");
        foreach (var (type, value) in entries)
        {
            if (value is not null)
            {
                AddRecord(dns, name, type == "SPF" && !hasTxt ? "TXT" : type, value);
            }
        }

        if (entries.Any(e => e.Type == "TIMEOUT"))
        {
            foreach (var type in Types.Where(t => !entries.Any(e => e.Type == t.ToString() && e.Value is not YamlScalarNode { Value: "NONE" })))
            {
                dns.Fail(name, type, DnsStatus.Timeout);
            }
        }
    }

    private static void AddRecord(FakeDns dns, string name, string type, YamlNode value)
    {
        switch (type)
        {
            case "TXT" when value is not YamlScalarNode { Value: "NONE" }:
                dns.Txt(name, string.Concat(Texts(value)));
                break;
            case "A" or "AAAA":
                dns.A(name, Text(value));
                break;
            case "MX":
                dns.Mx(name, (int.Parse(Text(value[0]), null), Text(value[1])));
                break;
            case "PTR":
                dns.Record(new NameRecord(DnsNames.Normalize(name), 3600, DnsRecordType.PTR, DnsNames.Normalize(Text(value))));
                break;
            case "CNAME":
                dns.Cname(name, Text(value));
                break;
        }
    }

    private static string? Optional(YamlNode node, string key) => ((YamlMappingNode)node).Children.TryGetValue(key, out var value) ? Text(value) : null;

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    private static List<string> Texts(YamlNode node) => node is YamlSequenceNode list ? [.. list.Select(Text)] : [Text(node)];
}
