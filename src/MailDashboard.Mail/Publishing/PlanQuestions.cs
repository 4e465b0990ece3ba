using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Providers;

namespace MailDashboard.Mail.Publishing;

/// <summary>What has to be asked before a plan can be made.</summary>
internal static class PlanQuestions
{
    public static IEnumerable<DnsQuestion> Of(PublishingRequest request)
    {
        var domain = request.Domain;
        IEnumerable<DnsQuestion> fixedOnes =
        [
            new(domain, DnsRecordType.TXT), new(domain, DnsRecordType.MX), new($"_dmarc.{domain}", DnsRecordType.TXT),
            new($"_mta-sts.{domain}", DnsRecordType.TXT), new($"_smtp._tls.{domain}", DnsRecordType.TXT),
            new(DkimPlanner.Wildcard(domain), DnsRecordType.TXT),
            new($"mta-sts.{domain}", DnsRecordType.CNAME), new($"mta-sts.{domain}", DnsRecordType.A), new($"mta-sts.{domain}", DnsRecordType.AAAA),
        ];
        var keys = request.Keys.Select(k => new DnsQuestion(DkimSelectors.RecordName(k.Selector, domain), DnsRecordType.TXT));
        return fixedOnes.Concat(keys).Concat(request.Providers.SelectMany(p => OfProvider(p, domain))).Distinct();
    }

    /// <summary>Whether the hosts that reports go to agreed (RFC 9990 §4).</summary>
    public static IEnumerable<DnsQuestion> Consents(PublishingRequest request, CurrentRecords current) => ReportConsent
        .Hosts(request, [.. DmarcPlanner.Read(current, request.Domain).SelectMany(r => r.AggregateDestinations), .. ReportConsent.Destination(request.DmarcReports)])
        .Select(h => new DnsQuestion(ReportConsent.Name(request.Domain, h), DnsRecordType.TXT));

    private static IEnumerable<DnsQuestion> OfProvider(ChosenProvider chosen, string domain)
    {
        foreach (var record in chosen.Provider.Dkim.Concat(chosen.Provider.ReturnPath))
        {
            if (ProviderPlanner.Owner(chosen, record.Owner, domain) is { } owner)
            {
                yield return new DnsQuestion(owner, record.Type);

                // An alias tolerates nothing beside it, and the other way round.
                yield return new DnsQuestion(owner, record.Type == DnsRecordType.CNAME ? DnsRecordType.TXT : DnsRecordType.CNAME);
            }
        }

        if (ProviderPlanner.SpfOwner(chosen, domain) is { } below && below != domain)
        {
            yield return new DnsQuestion(below, DnsRecordType.TXT);
        }
    }
}
