using System.Text.RegularExpressions;

namespace MailDashboard.Web.Shared;

/// <summary>Turns <c>RFC 7208 §4.6.4</c> into the address of that section.</summary>
internal static partial class RfcReference
{
    public static string? UrlOf(string reference) => Pattern().Match(reference) is { Success: true } match
        ? $"https://www.rfc-editor.org/rfc/rfc{match.Groups["number"].Value}"
          + (match.Groups["section"] is { Success: true } section ? $"#section-{section.Value}" : "")
        : null;

    [GeneratedRegex(@"^RFC\s(?<number>\d{3,5})(\s*§\s*(?<section>\d+(\.\d+)*))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
