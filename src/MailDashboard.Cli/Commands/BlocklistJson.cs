using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Texts;

namespace MailDashboard.Cli.Commands;

/// <summary>What <c>maildash blocklist --json</c> prints.</summary>
internal sealed record BlocklistJson(string Subject, IReadOnlyList<BlocklistJsonList> Lists)
{
    public static BlocklistJson From(BlocklistSubject subject, IEnumerable<ListingLook> looks) =>
        new(subject.Name, [.. looks.Select(BlocklistJsonList.From)]);
}

/// <summary>What one list said.</summary>
internal sealed record BlocklistJsonList(
    string Zone, string State, IReadOnlyList<BlocklistJsonCode> Codes, string? Reason, string? RemovalUrl, string Name)
{
    private static readonly FamilyDescriptor Family = new BlocklistCheck().Descriptor;

    public static BlocklistJsonList From(ListingLook look) => new(
        look.List.Zone,
        ListingDetails.StateWord(look.State),
        [.. look.Codes.Select(c => new BlocklistJsonCode(c.Answer.ToString(), c.Code.Meaning.En, c.Weight.ToString().ToLowerInvariant()))],
        ReasonOf(look),
        look.State == ListingState.Listed ? look.List.RemovalFor(look.Subject.Name) : null,
        look.List.Name);

    /// <summary>Why we do not know; for a listing what the list itself writes.</summary>
    public static string? ReasonOf(ListingLook look) =>
        look.Reason is { } reason ? FindingTexts.Render(Family, reason, CultureInfo.InvariantCulture) : look.Text;
}

/// <summary>One decoded answer.</summary>
internal sealed record BlocklistJsonCode(string Answer, string Meaning, string Weight);
