using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing;

/// <summary>The records that are there, as DNS told them.</summary>
/// <param name="Answers">One for each question that was asked.</param>
public sealed record CurrentRecords(ImmutableArray<DnsAnswer> Answers)
{
    /// <summary>Nothing is there.</summary>
    public static CurrentRecords None { get; } = new([]);

    /// <summary>The MTA-STS policy file as it was fetched; null where there is none, or nobody looked.</summary>
    public string? MtaStsPolicy { get; init; }

    /// <summary>Asks for everything that a plan may change, past our own cache.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<CurrentRecords> AskAsync(PublishingRequest request, IDnsResolver dns, CancellationToken cancellationToken)
    {
        Task<DnsAnswer[]> Ask(IEnumerable<DnsQuestion> questions) =>
            Task.WhenAll(questions.Where(q => DnsNames.CanBeAsked(q.Name)).Select(q => dns.QueryAsync(q.Name, q.Type, DnsOptions.Fresh, cancellationToken)));

        var first = new CurrentRecords([.. await Ask(PlanQuestions.Of(request)).ConfigureAwait(false)]);
        var consents = await Ask(PlanQuestions.Consents(request, first)).ConfigureAwait(false);
        return first with { Answers = [.. first.Answers, .. consents] };
    }

    /// <summary>The answer to a question; null where it was not asked.</summary>
    public DnsAnswer? Find(string name, DnsRecordType type) => Answers.FirstOrDefault(a => a.Question == new DnsQuestion(name, type));

    /// <summary>The texts at a name itself: what an alias leads to stands elsewhere and is not among them.</summary>
    public ImmutableArray<string> Texts(string name) => Find(name, DnsRecordType.TXT) is { Aliases.IsEmpty: true } answer ? [.. answer.Texts] : [];

    /// <summary>What a name is an alias for; null where it is none.</summary>
    public string? Alias(string name) => Answers.Where(a => a.Question.Name == name).SelectMany(a => a.Question.Type == DnsRecordType.CNAME ? a.Names : a.Aliases).FirstOrDefault();

    /// <summary>The MX records, as preference and host.</summary>
    public ImmutableArray<string> Exchangers(string name) => Find(name, DnsRecordType.MX) is { } answer ? [.. answer.Exchanges.Select(DnsRecordText.Of)] : [];

    /// <summary>The hosts that receive, without the null MX.</summary>
    public ImmutableArray<string> ExchangerHosts(string name) => Find(name, DnsRecordType.MX) is { } answer ? [.. answer.Exchanges.Select(m => m.Exchange).Where(h => h.Length > 0)] : [];

    /// <summary>Why DNS could not tell; null where it could, or was not asked.</summary>
    public Reason? WhyNot(string name, DnsRecordType type) => Find(name, type) is { IsDefinite: false } answer ? answer.WhyNot() : null;

    /// <summary>Seconds for which resolvers may keep what they know of a name, be it that nothing is there.</summary>
    public uint? Ttl(string name, DnsRecordType type) => Find(name, type) is { } answer ? answer.Ttl ?? answer.NegativeTtl : null;

    /// <summary>A record announces that senders are to encrypt (RFC 8461 §3.1).</summary>
    public bool HasMtaSts(string domain) => Texts($"_mta-sts.{domain}").Any(t => MtaStsRecord.Parse(t) is { IsValid: true });

    /// <summary>The stage that a domain's own DMARC record amounts to; null where receivers find no single record that they apply.</summary>
    public DmarcStage? DmarcStage(string domain) => DmarcStages.Of(Texts($"_dmarc.{domain}"));
}
