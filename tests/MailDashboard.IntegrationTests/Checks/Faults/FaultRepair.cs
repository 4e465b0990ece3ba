using System.Text.Json;
using MailDashboard.IntegrationTests.Servers.Dns;

namespace MailDashboard.IntegrationTests.Checks.Faults;

/// <summary>Does what a finding proposes, as an administrator would: the record takes the place of what stands at its name.</summary>
internal static class FaultRepair
{
    /// <summary>The zone with every proposed record of weight; null where none is proposed.</summary>
    public static KnotZone? Apply(KnotZone zone, JsonElement audit)
    {
        var proposals = audit.GetProperty("families").EnumerateArray()
            .SelectMany(f => f.GetProperty("findings").EnumerateArray())
            .Where(f => f.GetProperty("severity").GetString() is "warning" or "error" or "critical")
            .Select(f => f.GetProperty("proposal"))
            .Where(p => p.ValueKind == JsonValueKind.Object && p.GetProperty("name").GetString()!.EndsWith(zone.Name, StringComparison.Ordinal))
            .ToList();
        return proposals.Count == 0 ? null : proposals.Aggregate(zone, Publish);
    }

    private static KnotZone Publish(KnotZone zone, JsonElement proposal)
    {
        var name = proposal.GetProperty("name").GetString()!;
        var type = proposal.GetProperty("type").GetString()!;
        var value = proposal.GetProperty("value").GetString()!;
        var owner = name == zone.Name ? "@" : name[..^(zone.Name.Length + 1)];
        var kept = zone.Records.Split('\n').Where(line => !IsReplaced(line, owner, type, value));
        var added = type == "TXT" ? FaultZone.Txt(owner, value).TrimEnd() : $"{owner} {type} {value}";
        return zone with { Records = string.Join('\n', kept.Append(added)) };
    }

    // A host is replaced by the one of the same preference; beside an SPF record other texts may stand.
    private static bool IsReplaced(string line, string owner, string type, string value)
    {
        var words = line.Split(' ', 4);
        return words.Length > 2
            && words[0] == owner
            && (words[1] == type || words[1] == "CNAME")
            && (type != "MX" || words[2] == value.Split(' ')[0])
            && (owner != "@" || type != "TXT" || line.Contains("spf", StringComparison.OrdinalIgnoreCase));
    }
}
