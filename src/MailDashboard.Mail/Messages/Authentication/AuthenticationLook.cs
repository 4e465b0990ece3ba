using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.ReverseDns;
using MailDashboard.Checks.Spf;
using MailDashboard.Mail.Headers;
using MimeKit;

namespace MailDashboard.Mail.Messages.Authentication;

/// <summary>Asks DNS what a receiver would ask about the sender.</summary>
internal sealed class AuthenticationLook(IDnsResolver dns, TimeProvider time)
{
    /// <param name="hop">Who handed the message over, where that is known.</param>
    /// <param name="mailFrom">The reverse-path, empty for a bounce; null where nobody noted it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SpfFacts> SpfAsync(SendingHop? hop, string? mailFrom, CancellationToken cancellationToken)
    {
        if (mailFrom is null)
        {
            return new SpfFacts("", null, null);
        }

        var facts = new SpfFacts(mailFrom, null, null) { Domain = Alignments.DomainOf(mailFrom.Length == 0 ? hop?.Helo ?? "" : mailFrom) };
        if (hop?.Address is not { } address)
        {
            return facts;
        }

        var evaluator = new SpfEvaluator(dns, time);
        var receiver = hop.Received.By.Length > 0 ? hop.Received.By : "unknown";
        var sender = await evaluator.CheckHostAsync(SpfRequest.For(address, hop.Helo, mailFrom) with { Receiver = receiver }, cancellationToken).ConfigureAwait(false);
        var helo = mailFrom.Length > 0 && IsName(hop.Helo) && hop.Helo != facts.Domain
            ? await evaluator.CheckHostAsync(SpfRequest.For(address, hop.Helo, "") with { Receiver = receiver }, cancellationToken).ConfigureAwait(false)
            : null;
        return facts with { Sender = sender, Helo = helo };
    }

    public async Task<(ImmutableArray<SignatureFacts> Signatures, ArcFacts? Arc)> SignaturesAsync(MimeMessage message, HeaderAnalysis header, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var verifier = new SignatureVerifier(new KeyLocator(dns));
        var signatures = ImmutableArray.CreateBuilder<SignatureFacts>();
        foreach (var field in message.Headers.Where(h => h.Id == HeaderId.DkimSignature).Take(MessageLimits.Signatures).ToList())
        {
            signatures.Add(await verifier.VerifyAsync(message, field, receivedAt, cancellationToken).ConfigureAwait(false));
        }

        return (signatures.ToImmutable(), header.Arc.IsEmpty ? null : await ArcAsync(message, header, cancellationToken).ConfigureAwait(false));
    }

    public async Task<DmarcFacts?> DmarcAsync(string? from, IEnumerable<string> authenticated, CancellationToken cancellationToken)
    {
        if (from is null)
        {
            return null;
        }

        var discovery = await DmarcDiscovery.DiscoverAsync(dns, from, cancellationToken).ConfigureAwait(false);
        var organizations = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var domain in authenticated.Append(from).Where(d => d.Length > 0).Distinct().Take(MessageLimits.Signatures + 2))
        {
            if (await DmarcOrganization.FindAsync(dns, domain, cancellationToken).ConfigureAwait(false) is { } organization)
            {
                organizations[domain] = organization;
            }
        }

        return new DmarcFacts(discovery, organizations.ToImmutable());
    }

    public async Task<HostFacts?> HostAsync(SendingHop? hop, CancellationToken cancellationToken)
    {
        if (hop?.Address is not { } address)
        {
            return null;
        }

        var ptr = await dns.QueryAsync(DnsNames.Reverse(address), DnsRecordType.PTR, cancellationToken).ConfigureAwait(false);
        var type = address.AddressFamily == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.AAAA;
        var names = await Task.WhenAll(ptr.Names.Distinct().Order(StringComparer.Ordinal).Take(ReversedAddress.NameLimit)
            .Select(async n => new ReverseName(n, await dns.QueryAsync(n, type, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        ImmutableArray<DnsAnswer> helo = IsName(hop.Helo)
            ? [.. await Task.WhenAll(dns.QueryAsync(hop.Helo, DnsRecordType.A, cancellationToken), dns.QueryAsync(hop.Helo, DnsRecordType.AAAA, cancellationToken)).ConfigureAwait(false)]
            : [];
        return new HostFacts(new ReversedAddress(address, AddressUse.StatedToSend, ptr, [.. names]), helo);
    }

    /// <summary>A complete host name, and no address.</summary>
    public static bool IsName(string helo) =>
        helo.Contains('.', StringComparison.Ordinal) && !helo.StartsWith('[') && !IPAddress.TryParse(helo, out _) && DnsNames.CanBeAsked(helo)
        && helo.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');

    private async Task<ArcFacts> ArcAsync(MimeMessage message, HeaderAnalysis header, CancellationToken cancellationToken)
    {
        var keys = new KeyLocator(dns);
        var fault = await new ChainVerifier(keys).FaultAsync(message, cancellationToken).ConfigureAwait(false);
        return new ArcFacts(fault is null, header.Arc) { Fault = HeaderFields.Clean(fault ?? "", 300), Unanswered = keys.Unanswered };
    }
}
