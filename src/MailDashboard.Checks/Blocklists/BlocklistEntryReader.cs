using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Blocklists;

/// <summary>Reads one list of the data file.</summary>
internal static class BlocklistEntryReader
{
    /// <summary>The reasons a list may give for serving nobody; each has its sentence in both languages.</summary>
    public static readonly ImmutableArray<string> RefusalKeys =
        ["publicResolver", "tooMany", "wrongZone", "blocked", "notRegistered", "addressAsked", "keyInvalid"];

    public static Blocklist List(JsonFields fields)
    {
        var zone = DnsNames.Normalize(fields.Required("zone"));
        if (zone.Length > 0 && !IsHostName(zone))
        {
            fields.Problem("zone", $"\"{zone}\" is no zone name");
        }

        var keyed = fields.Optional("keyedZone") is { } text ? DnsNames.Normalize(text) : null;
        if (keyed is not null && !(keyed.StartsWith("{key}.", StringComparison.Ordinal) && IsHostName(keyed[6..])))
        {
            fields.Problem("keyedZone", "must be {key}. and a zone name");
            keyed = null;
        }

        var needsKey = fields.Flag("needsKey", false);
        if (needsKey && keyed is null)
        {
            fields.Problem("needsKey", "a list that needs a key needs a keyedZone");
        }

        ImmutableArray<ListKind> kinds = [.. fields.Strings("kinds").Select(k => Kind(fields, k)).OfType<ListKind>().Distinct()];
        if (kinds.IsEmpty)
        {
            fields.Problem("kinds", "must name at least one of ipv4, ipv6, domain");
        }

        var codes = Codes(fields, "codes");
        if (!codes.Any(c => c.Effect != CodeEffect.Refusal))
        {
            fields.Problem("codes", "must hold at least one answer that is no refusal");
        }

        var id = fields.Required("id");
        return new Blocklist(id, zone, fields.Optional("name") ?? zone, kinds, fields.Word<ListWeight>("weight") ?? ListWeight.Info, codes)
        {
            IsEnabled = fields.Flag("enabled", true),
            NeedsKey = needsKey,
            AsksPrivate = fields.Flag("privateAddresses", false),
            KeyedZone = keyed,
            KeyId = fields.Optional("keyId") ?? id,
            SelfTest = SelfTest(fields, kinds),
            LookupUrl = fields.Url("lookup"),
            RemovalUrl = fields.Url("removal"),
            Policy = Text(fields.Object("policy")),
            IsVerified = fields.Flag("verified", false),
            VerifiedOn = fields.Optional("verifiedOn"),
        };
    }

    public static ImmutableArray<BlocklistCode> Codes(JsonFields fields, string field) =>
        [.. fields.Objects(field).Select(Code).OfType<BlocklistCode>()];

    private static BlocklistCode? Code(JsonFields fields)
    {
        var match = fields.Required("match");
        if (!CodeMatch.TryParse(match, out var parsed))
        {
            fields.Problem("match", $"\"{match}\" is no address or range inside 127/8, nor bit:1 to bit:128");
            return null;
        }

        var effect = fields.Has("effect") ? fields.Word<CodeEffect>("effect") : CodeEffect.Listed;
        if (effect is null)
        {
            return null;
        }

        var reason = fields.Optional("reason");
        if (effect == CodeEffect.Refusal && (reason is null || !RefusalKeys.Contains(reason)))
        {
            fields.Problem("reason", $"must be one of {string.Join(", ", RefusalKeys)}");
        }

        var meaning = effect == CodeEffect.Refusal ? new LocalText("", "") : Text(fields)!;
        return new BlocklistCode(
            parsed, effect.Value, fields.Optional("name") ?? match, meaning,
            fields.Word<ListWeight>("weight"), fields.Word<ListWeight>("directWeight"), reason);
    }

    private static LocalText? Text(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var english = fields.Required("en");
        return new LocalText(english, fields.Optional("fr") ?? english);
    }

    private static SelfTestEntries? SelfTest(JsonFields fields, ImmutableArray<ListKind> kinds)
    {
        var test = fields.Object("selfTest");
        if (test is null)
        {
            return null;
        }

        return new SelfTestEntries(Entry(test, "listed", kinds), Entry(test, "unlisted", kinds));
    }

    private static string? Entry(JsonFields test, string field, ImmutableArray<ListKind> kinds)
    {
        var entry = test.Optional(field);
        var isAddress = IPAddress.TryParse(entry, out _);
        if (entry is not null && !(isAddress ? kinds.Any(k => k != ListKind.Domain) : kinds.Contains(ListKind.Domain) && IsHostName(DnsNames.Normalize(entry))))
        {
            test.Problem(field, $"\"{entry}\" is nothing this list can be asked about");
            return null;
        }

        return entry;
    }

    private static ListKind? Kind(JsonFields fields, string text)
    {
        switch (text)
        {
            case "ipv4":
                return ListKind.IPv4;
            case "ipv6":
                return ListKind.IPv6;
            case "domain":
                return ListKind.Domain;
            default:
                fields.Problem("kinds", $"\"{text}\" is none of ipv4, ipv6, domain");
                return null;
        }
    }

    private static bool IsHostName(string name) =>
        name.Length > 0 && DnsNames.CanBeAsked(name) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
}
