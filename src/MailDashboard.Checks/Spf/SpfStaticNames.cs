using System.Text;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>Names of terms as far as they are the same for every client and sender of the domain.</summary>
internal static class SpfStaticNames
{
    /// <summary>The name, normalised; null where it depends on more than the domain.</summary>
    public static string? Of(SpfRecord record, in SpfTerm term, string current, string senderDomain)
    {
        if (term.ValueLength == 0)
        {
            return current;
        }

        var value = record.ValueOf(term);
        if (!term.HasMacro)
        {
            return DnsNames.Normalize(SpfNames.Fit(value.ToString()));
        }

        var output = new StringBuilder();
        return !DependsOnClient(value) && SpfMacro.TryExpand(value, new Values(current, senderDomain), inExplanation: false, output)
            ? DnsNames.Normalize(SpfNames.Fit(output.ToString()))
            : null;
    }

    private static bool DependsOnClient(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf("%{"); at >= 0; at = text.IndexOf("%{"))
        {
            if (text[at + 2] is not ('d' or 'D' or 'o' or 'O'))
            {
                return true;
            }

            text = text[(at + 2)..];
        }

        return false;
    }

    private readonly struct Values(string current, string senderDomain) : ISpfMacroValues
    {
        public ReadOnlySpan<char> ValueOf(char letter) => letter == 'd' ? current : senderDomain;
    }
}
