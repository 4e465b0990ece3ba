using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.Spf;

/// <summary>Records to publish instead.</summary>
internal static class SpfProposal
{
    private const string Version = "v=spf1";

    /// <summary>For a domain that sends nothing.</summary>
    public static ProposedRecord Closed(string domain) => Txt(domain, "v=spf1 -all");

    /// <summary>
    /// A first record: the mail servers and the stated addresses; ~all until it has proven right. Where there is neither,
    /// nothing that could send is known, and the record says so.
    /// </summary>
    public static ProposedRecord First(SpfObservation observation)
    {
        string[] terms = [.. observation.Roles.Receives ? ["mx"] : Array.Empty<string>(), .. observation.SendingAddresses.Select(Term)];
        return terms.Length == 0 ? Closed(observation.Domain) : Txt(observation.Domain, Join([.. terms, "~all"]));
    }

    /// <summary>What was meant by a text that receivers cannot read; null where that is not plain.</summary>
    public static ProposedRecord? Mended(string domain, string text) => SpfRepair.Mend(text) is { } mended ? Txt(domain, mended) : null;

    /// <summary>Several records as one; null where they cannot be merged without thinking.</summary>
    public static ProposedRecord? Merged(string domain, ImmutableArray<string> texts)
    {
        var records = texts.Select(SpfParser.Parse).ToList();
        if (records.Any(r => r.HasErrors || r.Redirect >= 0))
        {
            return null;
        }

        var terms = records.SelectMany(r => r.Terms.Where((t, i) => t.IsDirective && (r.FirstAll < 0 || i < r.FirstAll)).Select(t => r.TextOf(t).ToString()));
        var end = records.FirstOrDefault(r => r.FirstAll >= 0) is { } ended ? ended.TextOf(ended.Terms[ended.FirstAll]).ToString() : "~all";
        return Txt(domain, Join([.. terms.Distinct(StringComparer.OrdinalIgnoreCase), end]));
    }

    /// <summary>The same record with another ending: <c>all</c> last, with this qualifier.</summary>
    public static ProposedRecord WithEnd(SpfTreeRecord record, string end) =>
        Txt(record.Domain, Join([.. record.Terms.Where(t => t.Kind != SpfTermKind.All).Select(t => t.Text), end]));

    /// <summary>The same record with some terms left out.</summary>
    public static ProposedRecord Without(SpfTreeRecord record, Func<SpfNode, bool> unwanted) =>
        Txt(record.Domain, Join([.. record.Terms.Where(t => !unwanted(t)).Select(t => t.Text)]));

    /// <summary>The same record with some terms changed; null where the result would be no better.</summary>
    public static ProposedRecord? With(SpfTreeRecord record, Func<SpfNode, string> change)
    {
        var text = Join([.. record.Terms.Select(change)]);
        return SpfParser.Parse(text).HasErrors ? null : Txt(record.Domain, text);
    }

    private static string Term(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork ? "ip4:" : "ip6:") + address;

    private static string Join(IEnumerable<string> terms) => string.Join(' ', terms.Prepend(Version));

    private static ProposedRecord Txt(string domain, string value) => new(domain, "TXT", value);
}
