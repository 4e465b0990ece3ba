using MailDashboard.Checks.TagLists;

namespace MailDashboard.Checks.Bimi;

/// <summary>An assertion record at <c>default._bimi</c>.</summary>
/// <param name="Text">Verbatim.</param>
/// <param name="Location">Value of <c>l</c>, the logo; null where the tag is absent.</param>
/// <param name="Authority">Value of <c>a</c>, the certificate; null where the tag is absent.</param>
public sealed record BimiRecord(string Text, string? Location, string? Authority)
{
    private const int Reach = 60;

    /// <summary>Both are empty: the domain declines to take part.</summary>
    public bool IsDeclination => Location is "" && string.IsNullOrEmpty(Authority);

    /// <summary>Where the logo is; null where <c>l</c> is no https address.</summary>
    public Uri? Logo { get; } = Https(Location);

    /// <summary>Where the certificate is; null where <c>a</c> is no https address.</summary>
    public Uri? Certificate { get; } = Https(Authority);

    /// <summary>
    /// What is wrong with the addresses: a tag that is missing or no https address. The logo may be left to the certificate.
    /// </summary>
    public string? Fault => IsDeclination ? null
        : Location is null ? "l="
        : Location.Length > 0 && Logo is null ? $"l={Location}"
        : !string.IsNullOrEmpty(Authority) && Certificate is null ? $"a={Authority}"
        : null;

    /// <summary>Reads a text; null where its first tag is not <c>v=BIMI1</c> exactly.</summary>
    public static BimiRecord? Parse(string text)
    {
        if (!text.StartsWith('v'))
        {
            return null;
        }

        var tags = TagList.Parse(text);
        return tags.Tags is [{ Name: "v", Value: "BIMI1" }, ..] ? new BimiRecord(text, tags["l"], tags["a"]) : null;
    }

    /// <summary>A text that was meant as the record.</summary>
    public static bool IsNearMiss(string text) =>
        Parse(text) is null
        && (text.AsSpan(0, Math.Min(text.Length, Reach)).Contains("BIMI", StringComparison.OrdinalIgnoreCase) || Https(TagList.Parse(text)["l"]) is not null);

    private static Uri? Https(string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.IdnHost.Length > 0 ? uri : null;
}
