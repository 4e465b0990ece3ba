using System.Collections.Immutable;

namespace MailDashboard.Checks.Blocklists;

/// <summary>A provider or filter whose addresses are shown and never alerted: only it can mend them.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Suffixes">Its host names are these or below them.</param>
public sealed record MailProvider(string Name, ImmutableArray<string> Suffixes);

/// <summary>A reputation page that no DNS question can replace.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Url">Where; <c>{subject}</c> stands for the address, where the page takes one.</param>
public sealed record ManualLookup(string Name, string Url);

/// <summary>Every list we know, and those that must never be asked.</summary>
public sealed record BlocklistCatalogue(ImmutableArray<Blocklist> Lists)
{
    private static readonly Lazy<BlocklistCatalogue> OfProduct = new(ReadShipped);

    /// <summary>Answers that mean "refused" on any list that does not say otherwise.</summary>
    public ImmutableArray<BlocklistCode> Refusals { get; init; } = [];

    /// <summary>Dead zones, <c>*.</c> for a whole tree: some answer everything, all waste time.</summary>
    public ImmutableArray<string> NeverQuery { get; init; } = [];

    /// <summary>Providers and filters.</summary>
    public ImmutableArray<MailProvider> Providers { get; init; } = [];

    /// <summary>Pages to look at by hand.</summary>
    public ImmutableArray<ManualLookup> Manual { get; init; } = [];

    /// <summary>The data that comes with the product.</summary>
    public static BlocklistCatalogue Shipped => OfProduct.Value;

    /// <summary>The list with this public zone or id.</summary>
    public Blocklist? Find(string zoneOrId) =>
        Lists.FirstOrDefault(l => l.Zone.Equals(zoneOrId, StringComparison.OrdinalIgnoreCase) || l.Id.Equals(zoneOrId, StringComparison.OrdinalIgnoreCase));

    /// <summary>The provider that a host name belongs to; null where it is none that we know.</summary>
    public MailProvider? ProviderOf(string host) =>
        Providers.FirstOrDefault(p => p.Suffixes.Any(s => Probing.Dns.DnsNames.IsEqualOrBelow(host, s)));

    /// <summary>Whether a zone is one of those that must not be asked.</summary>
    public static bool IsDead(string zone, IEnumerable<string> neverQuery) => neverQuery.Any(pattern =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? Probing.Dns.DnsNames.IsEqualOrBelow(zone, pattern[2..])
            : zone.Equals(pattern, StringComparison.OrdinalIgnoreCase));

    private static BlocklistCatalogue ReadShipped()
    {
        using var stream = typeof(BlocklistCatalogue).Assembly.GetManifestResourceStream("MailDashboard.Checks.Blocklists.blocklists.json")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var load = BlocklistReader.Read(memory.ToArray(), null);
        return load.Catalogue ?? throw new InvalidDataException(string.Join(Environment.NewLine, load.Problems));
    }
}
