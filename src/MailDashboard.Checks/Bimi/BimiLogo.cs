using System.Collections.Immutable;

namespace MailDashboard.Checks.Bimi;

/// <summary>What a logo file is, by the profile SVG Tiny Portable/Secure.</summary>
/// <param name="Octets">Size, decompressed.</param>
public sealed record BimiLogo(int Octets)
{
    /// <summary>The most that it may have, in octets.</summary>
    public const int Limit = 32 * 1024;

    /// <summary>The file, decompressed; empty where that was not possible within bounds.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Why it could not be read as an SVG; null where it could.</summary>
    public string? Unreadable { get; init; }

    /// <summary>What the profile forbids and is there, or demands and is not, as it stands in the file.</summary>
    public ImmutableArray<string> Faults { get; init; } = [];

    /// <summary>The viewBox, verbatim; empty where there is none.</summary>
    public string ViewBox { get; init; } = "";

    /// <summary>Width and height of the viewBox are the same.</summary>
    public bool IsSquare { get; init; }

    /// <summary>The title for readers who do not see; empty where there is none.</summary>
    public string Title { get; init; } = "";
}
