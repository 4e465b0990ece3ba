using System.Collections.Frozen;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Auditing;

/// <summary>What each family asks and speaks, so that a finding is not traced to what another family wanted to know.</summary>
internal static class FamilyQuestions
{
    private static readonly FrozenDictionary<string, string[]> Types = new Dictionary<string, string[]>
    {
        ["mx"] = ["MX", "A", "AAAA"],
        ["spf"] = ["TXT", "A", "AAAA", "MX", "PTR"],
        ["dkim"] = ["TXT"],
        ["dmarc"] = ["TXT", "MX", "A", "AAAA"],
        ["reverse-dns"] = ["PTR", "A", "AAAA"],
        ["starttls"] = ["A", "AAAA"],
        ["blocklists"] = ["A", "TXT"],
        ["mta-sts"] = ["TXT", "MX", "A", "AAAA"],
        ["tls-rpt"] = ["TXT", "MX", "A", "AAAA"],
        ["bimi"] = ["TXT", "A", "AAAA"],
        ["dane"] = ["TLSA", "MX", "A", "AAAA"],
        ["caa"] = ["CAA"],
        ["dnssec"] = ["MX", "NS", "DS", "DNSKEY", "A"],
        ["nameservers"] = ["NS", "A", "AAAA", "MX", "TXT"],
        ["smtp"] = ["A", "AAAA", "PTR"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Families that talk to mail exchangers, and what else they may speak.</summary>
    private static readonly FrozenDictionary<string, string[]> Protocols = new Dictionary<string, string[]>
    {
        ["mx"] = [TranscriptConversation.Smtp],
        ["starttls"] = [TranscriptConversation.Smtp],
        ["smtp"] = [TranscriptConversation.Smtp],
        ["dane"] = [TranscriptConversation.Smtp],
        ["mta-sts"] = ["https", TranscriptConversation.Smtp],
        ["bimi"] = ["https"],
        ["nameservers"] = ["dns"],
        ["autoconfig"] = ["https", "http"],
        ["mapi"] = ["https", "http"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> DnsOnly = FrozenSet.Create(StringComparer.Ordinal, "spf", "dkim", "dmarc", "reverse-dns", "blocklists", "tls-rpt", "dnssec", "caa");

    /// <summary>A family that is not known here asks what it likes.</summary>
    public static bool MayAsk(string family, TranscriptQuestion question, string domain) =>
        (!Types.TryGetValue(family, out var types) || types.Contains(question.Type))
        && (question.Type == "TXT" ? MayAskText(family, question.Name) : family != "dmarc" || question.Name != domain);

    private static bool MayAskText(string family, string name) => family switch
    {
        "spf" => !name.StartsWith("_dmarc.", StringComparison.Ordinal),
        "dkim" => name.Contains("._domainkey.", StringComparison.Ordinal),
        "dmarc" => name.Contains("_dmarc.", StringComparison.Ordinal),
        "mta-sts" => name.StartsWith("_mta-sts.", StringComparison.Ordinal),
        "tls-rpt" => name.StartsWith("_smtp._tls.", StringComparison.Ordinal),
        "bimi" => name.Contains("._bimi.", StringComparison.Ordinal),
        _ => true,
    };

    /// <summary>Whether a family's findings can come from a conversation; of Mx only those about an address do.</summary>
    public static bool Converses(string family, Finding finding) =>
        !DnsOnly.Contains(family) && (family != "mx" || finding.Subject.Kind is SubjectKind.Address or SubjectKind.Service);

    /// <summary>Whether a family speaks that; <c>submission</c>, <c>imap</c> and <c>pop3</c> are families and protocols.</summary>
    public static bool MaySpeak(string family, string protocol) =>
        Protocols.TryGetValue(family, out var protocols) ? protocols.Contains(protocol) : family is not ("submission" or "imap" or "pop3") || protocol == family;

    /// <summary>The question that a family asks about the domain itself, which is what a finding about the domain rests on.</summary>
    public static bool IsOwn(string family, TranscriptQuestion question, string domain) => family switch
    {
        "mx" => question.Type == "MX" && question.Name == domain,
        "spf" => question.Type == "TXT" && question.Name == domain,
        "dkim" => question.Name.EndsWith($"._domainkey.{domain}", StringComparison.Ordinal),
        "dmarc" => question.Name.StartsWith("_dmarc.", StringComparison.Ordinal) && DnsNames.IsEqualOrBelow(domain, question.Name["_dmarc.".Length..]),
        "mta-sts" => question.Name == $"_mta-sts.{domain}",
        "tls-rpt" => question.Name == $"_smtp._tls.{domain}",
        "bimi" => question.Name.EndsWith($"._bimi.{domain}", StringComparison.Ordinal),
        "caa" => DnsNames.IsEqualOrBelow(domain, question.Name),
        "dnssec" => question.Type is "DS" or "DNSKEY",
        "nameservers" => question.Type is "NS" or "SOA",
        "autoconfig" or "submission" or "imap" or "pop3" => question.Type == "SRV",
        "mapi" => question.Name.Contains("autodiscover", StringComparison.Ordinal),
        _ => false,
    };
}
