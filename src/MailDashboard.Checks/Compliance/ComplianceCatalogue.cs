using System.Collections.Immutable;

namespace MailDashboard.Checks.Compliance;

/// <summary>Every provider whose rules are known.</summary>
/// <param name="Version">Raised with every change of the data: what was judged by an older one is judged again.</param>
/// <param name="Providers">In the order pages show them.</param>
public sealed record ComplianceCatalogue(int Version, ImmutableArray<ComplianceProvider> Providers)
{
    private static readonly Lazy<ComplianceCatalogue> OfProduct = new(ReadShipped);

    /// <summary>The data that comes with the product.</summary>
    public static ComplianceCatalogue Shipped => OfProduct.Value;

    /// <summary>The provider with this id; null where it is none of ours.</summary>
    public ComplianceProvider? Find(string? id) => Providers.FirstOrDefault(p => p.Id == id);

    private static ComplianceCatalogue ReadShipped()
    {
        using var stream = typeof(ComplianceCatalogue).Assembly.GetManifestResourceStream("MailDashboard.Checks.Compliance.compliance.json")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var (catalogue, problems) = ComplianceReader.Read(memory.ToArray());
        return catalogue ?? throw new InvalidDataException(string.Join(Environment.NewLine, problems));
    }
}
