using System.Globalization;
using System.Text;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Cli.Output;

namespace MailDashboard.Cli.Commands;

/// <summary>What <c>maildash blocklist</c> prints for people: listed first, then what could not be asked.</summary>
internal static class BlocklistPlain
{
    public static string Render(BlocklistSubject subject, IReadOnlyList<ListingLook> looks, Paint paint)
    {
        var text = new StringBuilder();
        var listed = looks.Count(l => l.State == ListingState.Listed);
        var clean = looks.Count(l => l.State == ListingState.NotListed);
        var unknown = looks.Count(l => l.State == ListingState.Unknown);
        text.Append(CultureInfo.InvariantCulture, $"{paint.Strong(subject.Name)}: {(listed > 0 ? paint.Bad($"listed on {listed}") : "listed on 0")}, not listed on {clean}, unknown on {unknown}\n");
        foreach (var look in looks.Where(l => l.State != ListingState.Off))
        {
            var state = look.State switch
            {
                ListingState.Listed => paint.Bad("listed    "),
                ListingState.NotListed => paint.Good("not listed"),
                _ => paint.Unknown("unknown   "),
            };
            text.Append(CultureInfo.InvariantCulture, $"  {state}  {look.List.Zone}  {paint.Faint(look.List.Name)}\n");
            foreach (var code in look.Codes)
            {
                text.Append(CultureInfo.InvariantCulture, $"      {code.Answer}  {code.Weight.ToString().ToLowerInvariant()}: {CliText.Clean(code.Code.Meaning.En)}\n");
            }

            if (BlocklistJsonList.ReasonOf(look) is { } reason)
            {
                text.Append(CultureInfo.InvariantCulture, $"      {(look.State == ListingState.Listed ? "the list writes: " : "")}{CliText.Clean(reason)}\n");
            }

            if (look.State == ListingState.Listed && look.List.RemovalFor(subject.Name) is { } removal)
            {
                text.Append(CultureInfo.InvariantCulture, $"      removal: {CliText.Clean(removal)}\n");
            }
        }

        var off = looks.Where(l => l.State == ListingState.Off).Select(l => l.List.Name).ToList();
        if (off.Count > 0)
        {
            text.Append(paint.Faint($"  off: {string.Join(", ", off)}")).Append('\n');
        }

        return text.ToString().TrimEnd();
    }
}
