using System.Net;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Auditing;

/// <summary>
/// DNS with a draft in it: the draft's name answers with the draft, everything else is asked. A domain that nobody named is never asked
/// about: it has a mail server (those that a drafted policy names), agrees to reports being sent elsewhere, has the DMARC policy that a
/// logo takes, and nothing more.
/// </summary>
internal sealed class DraftResolver(IDnsResolver inner, Draft draft, TimeProvider time) : IDnsResolver
{
    private const int MostExchangers = 20;

    /// <summary>Answers only; a documentation address (RFC 5737), never dialled.</summary>
    private static readonly IPAddress Somewhere = IPAddress.Parse("192.0.2.1");

    public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken)
    {
        var question = new DnsQuestion(DnsNames.Normalize(name), type);
        if (question.Name == draft.Owner && type == DnsRecordType.TXT)
        {
            return Told(question, new TxtRecord(question.Name, 0, draft.Text));
        }

        // A key is judged by itself, without the domain's other ones.
        if (draft.Family == "dkim" && DnsNames.IsEqualOrBelow(question.Name, $"_domainkey.{draft.Domain}"))
        {
            return Nothing(question);
        }

        if (!draft.IsUnplaced)
        {
            return inner.QueryAsync(name, type, options, cancellationToken);
        }

        if (type == DnsRecordType.TXT && question.Name.StartsWith($"{Draft.Placeholder}._report._dmarc.", StringComparison.Ordinal))
        {
            return Told(question, new TxtRecord(question.Name, 0, "v=DMARC1"));
        }

        if (!DnsNames.IsEqualOrBelow(question.Name, "example"))
        {
            return inner.QueryAsync(name, type, options, cancellationToken);
        }

        return (type, question.Name) switch
        {
            (DnsRecordType.MX, Draft.Placeholder) => Told(question, [.. Exchangers().Select(h => new MxRecord(question.Name, 0, 10, h))]),
            (DnsRecordType.TXT, $"_dmarc.{Draft.Placeholder}") when draft.Family == "bimi" => Told(question, new TxtRecord(question.Name, 0, "v=DMARC1; p=reject")),
            (DnsRecordType.A, _) when IsHost(question.Name) => Told(question, new AddressRecord(question.Name, 0, Somewhere)),
            _ => Nothing(question),
        };
    }

    /// <summary>A policy by itself names the servers that there are.</summary>
    private IEnumerable<string> Exchangers() => draft is { Family: "mta-sts", File: { } file } && MtaStsPolicy.Parse(file).Mx is { IsEmpty: false } patterns
        ? patterns.Take(MostExchangers).Select(p => p.StartsWith("*.", StringComparison.Ordinal) ? $"mail{p[1..]}" : p).Where(DnsNames.CanBeAsked)
        : [$"mail.{Draft.Placeholder}"];

    private static bool IsHost(string name) => DnsNames.IsEqualOrBelow(name, Draft.Placeholder) && !name.StartsWith('_');

    private Task<DnsAnswer> Nothing(DnsQuestion question) => Task.FromResult(new DnsAnswer(question, DnsStatus.NoData) { At = time.GetUtcNow() });

    private Task<DnsAnswer> Told(DnsQuestion question, params DnsRecord[] records) =>
        Task.FromResult(new DnsAnswer(question, DnsStatus.Answered) { Records = [.. records], At = time.GetUtcNow(), Ttl = 0 });
}
