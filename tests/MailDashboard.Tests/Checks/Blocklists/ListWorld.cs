using System.Collections.Immutable;
using System.Net;
using System.Text;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Checks.Blocklists;

/// <summary>Two address lists, one domain list and one keyed list, served with their test points.</summary>
internal sealed class ListWorld
{
    public const string Ip = "ip.lists.example";
    public const string Other = "other.lists.example";
    public const string Names = "names.lists.example";
    public const string Keyed = "keyed.lists.example";
    public const string Key = "s3cretkey0123";

    public const string Json = """
        {
          "lists": [
            { "id": "ip", "zone": "ip.lists.example", "name": "IP list", "kinds": ["ipv4", "ipv6"], "weight": "critical", "removal": "https://lists.example/?q={subject}",
              "codes": [
                { "match": "127.0.0.2", "name": "two", "en": "Spam.", "fr": "Du spam." },
                { "match": "127.0.0.10", "name": "policy", "en": "Policy.", "weight": "info", "directWeight": "high" }
              ] },
            { "id": "other", "zone": "other.lists.example", "kinds": ["ipv4"], "weight": "low", "codes": [{ "match": "127.0.0.2", "en": "Listed." }] },
            { "id": "names", "zone": "names.lists.example", "kinds": ["domain"], "weight": "high", "codes": [{ "match": "127.0.0.2-127.0.0.9", "en": "Bad domain." }] },
            { "id": "keyed", "zone": "keyed.lists.example", "keyedZone": "{key}.dq.lists.example", "keyId": "publisher", "needsKey": true, "kinds": ["ipv4"], "weight": "high",
              "codes": [{ "match": "127.0.0.2", "en": "Listed." }] }
          ]
        }
        """;

    public ListWorld()
    {
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        Catalogue = Reads(Json);
        Health = new BlocklistHealth(Time);
        Dns.A($"2.0.0.127.{Ip}", "127.0.0.2").A($"{V6Listed}.{Ip}", "127.0.0.2");
        Dns.A($"2.0.0.127.{Other}", "127.0.0.2");
        Dns.A($"test.{Names}", "127.0.0.2");
        Dns.A($"2.0.0.127.{Key}.dq.lists.example", "127.0.0.2");
    }

    /// <summary>The lists of a data file.</summary>
    public static BlocklistCatalogue Reads(string json) => BlocklistReader.Read(Encoding.UTF8.GetBytes(json), BlocklistCatalogue.Shipped).Catalogue!;

    public static string V6Listed { get; } = DnsNames.ReversedLabels(IPAddress.Parse("::ffff:127.0.0.2"));

    public FakeDns Dns { get; } = new();

    public FakeTimeProvider Time { get; }

    public BlocklistCatalogue Catalogue { get; }

    public BlocklistHealth Health { get; }

    public BlocklistSettings Settings { get; init; } = BlocklistSettings.Default;

    public static BlocklistSettings WithKey { get; } = new() { Keys = ImmutableDictionary<string, string>.Empty.Add("publisher", Key) };

    public BlocklistProbe Probe() => new(Dns, Catalogue, Settings, Health);

    public Blocklist List(string zone) => Catalogue.Find(zone)!;

    public Task<ListingLook> LookAsync(string subject, string zone = Ip, bool delivers = false) =>
        Probe().LookAsync(Subject(subject), List(zone), delivers, TestContext.Current.CancellationToken);

    public static BlocklistSubject Subject(string text) =>
        IPAddress.TryParse(text, out var address) ? BlocklistSubject.Of(address) : BlocklistSubject.Domain(text);

    public int AskedFor(string zone) => Dns.Asked.Count(q => q.Name.EndsWith(zone, StringComparison.Ordinal));
}
