using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.ClientAccess;

/// <summary>
/// Finds the ports that people's mail programs connect to: those of the hosts that were stated, else those that SRV records
/// name (RFC 6186, RFC 8314 §5.1), and for a protocol of which these say nothing those of usual names and of own mail servers.
/// </summary>
public static class ClientServices
{
    /// <summary>More hosts are not looked at.</summary>
    public const int HostLimit = 8;

    private static readonly ImmutableArray<Kind> Kinds =
    [
        new(ClientProtocol.Submission, "_submissions._tcp", 465, true, ["mail", "smtp", "submission"]),
        new(ClientProtocol.Submission, "_submission._tcp", 587, false, ["mail", "smtp", "submission"]),
        new(ClientProtocol.Imap, "_imaps._tcp", 993, true, ["mail", "imap"]),
        new(ClientProtocol.Imap, "_imap._tcp", 143, false, ["mail", "imap"]),
        new(ClientProtocol.Pop3, "_pop3s._tcp", 995, true, ["mail", "pop", "pop3"]),
        new(ClientProtocol.Pop3, "_pop3._tcp", 110, false, ["mail", "pop", "pop3"]),
    ];

    /// <summary>The names at which services of a protocol are published, without the domain.</summary>
    public static IEnumerable<string> SrvNames(ClientProtocol protocol) => Kinds.Where(k => k.Protocol == protocol).Select(k => k.Service);

    /// <summary>The name at which a service is published.</summary>
    public static string SrvName(ClientService service, string domain) =>
        $"{Kinds.First(k => k.Protocol == service.Protocol && k.ImplicitTls == service.ImplicitTls).Service}.{domain}";

    /// <summary>Asks DNS. Hosts without an address are left out where they were only guessed.</summary>
    public static async Task<ImmutableArray<ClientService>> FindAsync(AuditContext context, CancellationToken cancellationToken)
    {
        if (context.Target.ClientHosts is { IsDefaultOrEmpty: false } stated)
        {
            var all = Kinds.SelectMany(k => stated.Take(HostLimit).Select(h => (Kind: k, Host: h, k.Port, Origin: ServiceOrigin.Stated)));
            return await ResolveAsync(context.Dns, all, cancellationToken).ConfigureAwait(false);
        }

        var asked = Kinds.Select(k => context.Dns.QueryAsync($"{k.Service}.{context.Domain}", DnsRecordType.SRV, cancellationToken)).ToList();
        var targets = await MxTargets.LookUpAsync(context, cancellationToken).ConfigureAwait(false);
        var answers = await Task.WhenAll(asked).ConfigureAwait(false);
        var own = targets.Hosts.Select(h => h.Name).Where(h => IsOwn(h, context)).ToList();
        var found = Enum.GetValues<ClientProtocol>().SelectMany(p => Choose(Kinds.Zip(answers).Where(x => x.First.Protocol == p), context.Domain, own));
        return await ResolveAsync(context.Dns, found, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The servers of one protocol as a mail program finds them: by SRV records, else under usual names. Those encrypted from the start come first.</summary>
    /// <param name="dns">Where to ask.</param>
    /// <param name="domain">Right of the @, in A-labels.</param>
    /// <param name="protocol">What is to be spoken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ImmutableArray<ClientService>> FindAsync(IDnsResolver dns, string domain, ClientProtocol protocol, CancellationToken cancellationToken)
    {
        var kinds = Kinds.Where(k => k.Protocol == protocol).ToList();
        var answers = await Task.WhenAll(kinds.Select(k => dns.QueryAsync($"{k.Service}.{domain}", DnsRecordType.SRV, cancellationToken))).ConfigureAwait(false);
        return await ResolveAsync(dns, Choose(kinds.Zip(answers), domain, []), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What SRV records say of one protocol; where they say nothing, usual names and the domain's own mail servers.</summary>
    private static List<(Kind Kind, string Host, int Port, ServiceOrigin Origin)> Choose(IEnumerable<(Kind Kind, DnsAnswer Answer)> asked, string domain, IReadOnlyCollection<string> own)
    {
        var kinds = asked.ToList();
        var published = kinds.SelectMany(x => Published(x.Kind, x.Answer)).ToList();

        // "." says that there is none (RFC 2782), which is an answer as well.
        return published.Count > 0 || kinds.Exists(x => x.Answer.Status == DnsStatus.Answered) ? published : [.. kinds.SelectMany(x => Guessed(x.Kind, domain, own))];
    }

    private static IEnumerable<(Kind Kind, string Host, int Port, ServiceOrigin Origin)> Published(Kind kind, DnsAnswer answer) => answer.Records
        .OfType<SrvRecord>()
        .Where(r => r.Target.Length > 0)
        .OrderBy(r => r.Priority)
        .Take(HostLimit)
        .Select(r => (kind, r.Target, (int)r.Port, ServiceOrigin.Published));

    private static IEnumerable<(Kind Kind, string Host, int Port, ServiceOrigin Origin)> Guessed(Kind kind, string domain, IEnumerable<string> own) =>
        kind.Names.Select(n => $"{n}.{domain}").Concat(own).Distinct().Take(HostLimit).Select(h => (kind, h, kind.Port, ServiceOrigin.Guessed));

    private static bool IsOwn(string host, AuditContext context) =>
        host.EndsWith("." + context.Domain, StringComparison.Ordinal) || context.Target.OwnHosts.Contains(host);

    private static async Task<ImmutableArray<ClientService>> ResolveAsync(
        IDnsResolver dns, IEnumerable<(Kind Kind, string Host, int Port, ServiceOrigin Origin)> hosts, CancellationToken cancellationToken)
    {
        var services = await Task.WhenAll(hosts.Select(async x =>
        {
            var a = dns.QueryAsync(x.Host, DnsRecordType.A, cancellationToken);
            var aaaa = dns.QueryAsync(x.Host, DnsRecordType.AAAA, cancellationToken);
            return new ClientService(
                x.Kind.Protocol, x.Host, x.Port, x.Kind.ImplicitTls, x.Origin, await a.ConfigureAwait(false), await aaaa.ConfigureAwait(false));
        })).ConfigureAwait(false);
        return [.. services.Where(s => s.Origin != ServiceOrigin.Guessed || !s.Addresses.IsEmpty)];
    }

    private sealed record Kind(ClientProtocol Protocol, string Service, int Port, bool ImplicitTls, ImmutableArray<string> Names);
}
