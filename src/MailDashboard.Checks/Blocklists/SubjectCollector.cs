using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Checks.Blocklists;

/// <summary>Finds what is to be watched: the domain, stated addresses, own hosts, single addresses of its SPF record; and other MX to show.</summary>
internal sealed class SubjectCollector(AuditContext context, BlocklistCatalogue catalogue, CancellationToken cancellationToken)
{
    private const int MaximumAddresses = 64;
    private const int MaximumHosts = 20;
    private readonly Dictionary<string, WatchedSubject> _found = [];
    private readonly List<SubjectGap> _gaps = [];

    /// <summary>Addresses beyond the limit.</summary>
    public int LeftOut { get; private set; }

    /// <summary>What could not be found out.</summary>
    public ImmutableArray<SubjectGap> Gaps => [.. _gaps];

    /// <summary>Collects, most telling origin first.</summary>
    public async Task<ImmutableArray<WatchedSubject>> CollectAsync()
    {
        var mxTask = context.Dns.QueryAsync(context.Domain, DnsRecordType.MX, cancellationToken);
        var spfTask = context.Dns.QueryAsync(context.Domain, DnsRecordType.TXT, cancellationToken);
        foreach (var address in context.Target.SendingAddresses)
        {
            Add(address, ListingOrigin.Stated, null);
        }

        ImmutableArray<string> own = [.. context.Target.OwnHosts.Select(DnsNames.Normalize).Distinct()];
        await AddHostsAsync(own, ListingOrigin.OwnHost).ConfigureAwait(false);
        var spf = await spfTask.ConfigureAwait(false);
        Gap(spf, Subject.Domain(context.Domain), isNeeded: true);
        foreach (var address in Single(spf))
        {
            Add(address, ListingOrigin.Spf, null);
        }

        var mx = await mxTask.ConfigureAwait(false);
        Gap(mx, Subject.Domain(context.Domain), isNeeded: false);
        await AddHostsAsync([.. mx.Exchanges.Select(m => m.Exchange).Where(h => h.Length > 0).Except(own)], ListingOrigin.OtherHost).ConfigureAwait(false);
        var addresses = await Task.WhenAll(_found.Values.Select(WithProviderAsync)).ConfigureAwait(false);
        return [new WatchedSubject(BlocklistSubject.Domain(context.Domain), ListingOrigin.Domain), .. addresses];
    }

    private async Task AddHostsAsync(ImmutableArray<string> hosts, ListingOrigin origin)
    {
        var asked = hosts.Take(MaximumHosts).Select(h => (
            Host: h,
            A: context.Dns.QueryAsync(h, DnsRecordType.A, cancellationToken),
            Aaaa: context.Dns.QueryAsync(h, DnsRecordType.AAAA, cancellationToken))).ToList();
        foreach (var (host, a, aaaa) in asked)
        {
            foreach (var answer in new[] { await a.ConfigureAwait(false), await aaaa.ConfigureAwait(false) })
            {
                Gap(answer, Subject.Host(host), isNeeded: false);
                foreach (var address in answer.Addresses)
                {
                    Add(address, origin, host);
                }
            }
        }
    }

    private void Add(IPAddress address, ListingOrigin origin, string? host)
    {
        var subject = BlocklistSubject.Of(address);
        if (_found.ContainsKey(subject.Name))
        {
            return;
        }

        if (_found.Count == MaximumAddresses)
        {
            LeftOut++;
            return;
        }

        _found.Add(subject.Name, new WatchedSubject(subject, origin, host is null ? null : catalogue.ProviderOf(host)?.Name, host));
    }

    /// <summary>A stated or SPF address may be a provider's; its reverse name tells. Where that cannot be asked it stays watched.</summary>
    private async Task<WatchedSubject> WithProviderAsync(WatchedSubject subject)
    {
        if (subject.Origin is not (ListingOrigin.Stated or ListingOrigin.Spf) || !subject.Subject.IsAskable)
        {
            return subject;
        }

        var names = await context.Dns.QueryAsync(DnsNames.Reverse(subject.Subject.Address!), DnsRecordType.PTR, cancellationToken).ConfigureAwait(false);
        var host = names.Names.FirstOrDefault(n => catalogue.ProviderOf(n) is not null);
        return host is null ? subject : subject with { Provider = catalogue.ProviderOf(host)!.Name, Host = host };
    }

    /// <summary>Two SPF records are a permanent error (RFC 7208 §4.5): nobody is allowed by either.</summary>
    private static ImmutableArray<IPAddress> Single(DnsAnswer txt) =>
        txt.Texts.Where(SpfRecord.IsSpf).Take(2).ToList() is [var record] ? SpfAddresses.Of(record) : [];

    private void Gap(DnsAnswer answer, Subject subject, bool isNeeded)
    {
        if (!answer.IsDefinite)
        {
            _gaps.Add(new SubjectGap(subject, answer.WhyNot(), isNeeded));
        }
    }
}
