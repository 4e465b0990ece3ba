using System.Collections.Frozen;
using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Auditing;

/// <summary>What a finding gives away about where it comes from.</summary>
internal sealed class FindingClues
{
    private const int MostWords = 500;
    private static readonly char[] BetweenWords = [' ', '\t', '\r', '\n', ',', ';', '→'];

    private readonly string _family;
    private readonly string _domain;
    private readonly Subject _subject;
    private readonly FrozenSet<string> _names;
    private readonly FrozenSet<string> _values;
    private readonly FrozenSet<string> _addresses;
    private readonly FrozenSet<string> _hosts;
    private readonly (string Host, string Address, int Port)? _service;

    private FindingClues(string family, Finding finding, string domain)
    {
        (_family, _domain, _subject) = (family, domain, finding.Subject);
        _service = ServiceOf(finding.Subject);
        var said = finding.Evidence.Select(e => e.Value).ToList();
        var sources = finding.Evidence.Select(e => e.Source).OfType<string>().ToList();
        var words = said.SelectMany(v => v.Split(BetweenWords, MostWords, StringSplitOptions.RemoveEmptyEntries)).Take(MostWords).Select(w => w.TrimEnd(':'));
        _names = words.Concat(sources).Concat(NamesOf(finding, domain)).Select(DnsNames.Normalize).ToFrozenSet(StringComparer.Ordinal);
        _values = said.SelectMany(v => v.Split('\n', MostWords)).Concat(said).Where(v => v.Length > 0).Select(TranscriptText.Cut).ToFrozenSet(StringComparer.Ordinal);
        _addresses = sources.Select(AddressOf).OfType<string>()
            .Concat(finding.Subject.Kind == SubjectKind.Address ? [finding.Subject.Name] : [])
            .ToFrozenSet(StringComparer.Ordinal);
        _hosts = finding.Subject.Kind == SubjectKind.Host ? FrozenSet.Create(StringComparer.Ordinal, finding.Subject.Name)
            : finding.Subject.Kind == SubjectKind.Domain && _addresses.Count == 0 ? Hosts(finding)
            : FrozenSet<string>.Empty;
    }

    public static FindingClues Of(string family, Finding finding, string domain) => new(family, finding, domain);

    /// <summary>A question about a name that the finding names, or one whose answer is its evidence.</summary>
    public bool Matches(TranscriptQuestion question) =>
        FamilyQuestions.MayAsk(_family, question, _domain)
        && (_names.Contains(question.Name)
            // Every list that lists gives the same few answers.
            || (_subject.Kind != SubjectKind.Listing && question.Answers.Any(_values.Contains))
            || (_subject.Kind == SubjectKind.Domain && FamilyQuestions.IsOwn(_family, question, _domain)));

    /// <summary>A conversation with the service, address or host that the finding is about, or that said its evidence.</summary>
    public bool Matches(TranscriptConversation conversation) => _service is { } service
        ? (conversation.Host, conversation.Address, conversation.Port) == service
        : _addresses.Contains(conversation.Address) || _hosts.Contains(conversation.Host);

    private static FrozenSet<string> Hosts(Finding finding) =>
        finding.Evidence.Where(e => e.Label is "host" or "hosts").SelectMany(e => e.Value.Split(BetweenWords, MostWords, StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<string> NamesOf(Finding finding, string domain)
    {
        if (finding.Proposal is { } proposal)
        {
            yield return proposal.Name;
        }

        var subject = finding.Subject;
        switch (subject.Kind)
        {
            case SubjectKind.Host or SubjectKind.Record:
                yield return subject.Name;
                break;
            case SubjectKind.Selector:
                yield return $"{subject.Name}._domainkey.{domain}";
                yield return $"{subject.Name}._bimi.{domain}";
                break;
            case SubjectKind.Address when IPAddress.TryParse(subject.Name, out var address):
                yield return DnsNames.Reverse(address);
                break;
            case SubjectKind.Listing:
                yield return IPAddress.TryParse(subject.Name, out var listed) ? $"{DnsNames.ReversedLabels(listed)}.{subject.List}" : $"{subject.Name}.{subject.List}";
                break;
            case SubjectKind.Service when ServiceOf(subject) is { } service:
                yield return service.Host;
                yield return $"_{service.Port}._tcp.{service.Host}";
                break;
        }
    }

    /// <summary>Reads <c>host[address]:port</c>.</summary>
    private static (string Host, string Address, int Port)? ServiceOf(Subject subject)
    {
        var open = subject.Name.IndexOf('[', StringComparison.Ordinal);
        var close = subject.Name.LastIndexOf("]:", StringComparison.Ordinal);
        return subject.Kind == SubjectKind.Service && open > 0 && close > open && int.TryParse(subject.Name.AsSpan(close + 2), out var port)
            ? (subject.Name[..open], subject.Name[(open + 1)..close], port)
            : null;
    }

    /// <summary>A host that was talked to is an address, or an address and a port; <c>address#port</c> is a DNS server.</summary>
    private static string? AddressOf(string source) =>
        IPAddress.TryParse(source, out var address) ? address.ToString()
        : IPEndPoint.TryParse(source, out var endPoint) ? endPoint.Address.ToString()
        : null;
}
