using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Caa;

/// <summary>Judges the records at one name.</summary>
internal static class CaaSetJudge
{
    private const byte Critical = 0x80;

    // RFC 8659 §4, RFC 9495, the CA/Browser Forum's contact methods, and the mark certificates of BIMI.
    private static readonly ImmutableArray<string> Known = ["issue", "issuewild", "issuemail", "iodef", "contactemail", "contactphone", "issuevmc"];

    /// <summary>Some record says who may issue.</summary>
    public static bool Restricts(DnsAnswer answer) => answer.Records.OfType<CaaRecord>().Any(r => r.Tag == "issue");

    public static void Judge(DnsAnswer answer, Subject subject, OutcomeBuilder outcome)
    {
        var records = answer.Records.OfType<CaaRecord>().ToList();
        outcome.Record(answer.Question.Name, "CAA", records.Select(DnsRecordText.Of));
        var issuers = records.Where(r => r.Tag == "issue").Select(r => CaaIssuer.Parse(r.Value)).ToList();
        var allowed = issuers.Select(i => i?.Authority ?? "").Where(a => a.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (allowed.Count > 0)
        {
            outcome.Fact(subject, "issuers", string.Join(", ", allowed));
        }

        void Say(FindingDefinition definition, IReadOnlyCollection<CaaRecord> about, Severity? severity = null)
        {
            if (about.Count > 0)
            {
                outcome.Report(new Finding(definition, subject, [new Evidence("record", string.Join('\n', about.Select(DnsRecordText.Of)), answer.Server)], SeverityOverride: severity));
            }
        }

        Say(CaaFindings.CriticalUnknown, [.. records.Where(r => r.IsCritical && !Known.Contains(r.Tag))]);
        Say(CaaFindings.UnknownTag, [.. records.Where(r => !r.IsCritical && !Known.Contains(r.Tag))]);
        Say(CaaFindings.OddFlags, [.. records.Where(r => (r.Flags & ~Critical) != 0)]);
        Say(CaaFindings.BrokenContact, [.. records.Where(r => r.Tag == "iodef" && !IsContact(r.Value))]);

        var broken = records.Where(r => r.Tag is "issue" or "issuewild" or "issuemail" && CaaIssuer.Parse(r.Value) is null).ToList();
        Say(CaaFindings.BrokenIssuer, broken, broken.Exists(r => r.Tag == "issue") && allowed.Count == 0 ? Severity.Error : null);
        if (issuers.Count == 0)
        {
            outcome.Report(CaaFindings.Unrestricted, subject, new Evidence("record", string.Join('\n', records.Take(20).Select(DnsRecordText.Of)), answer.Server));
        }
        else if (issuers.TrueForAll(i => i is { Authority: "" }))
        {
            Say(CaaFindings.Forbidden, [.. records.Where(r => r.Tag == "issue")]);
        }
    }

    private static bool IsContact(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && uri.Scheme is "mailto" or "http" or "https"
        && (uri.Scheme != "mailto" || value.Contains('@', StringComparison.Ordinal));
}
