using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Headers;
using MailDashboard.Mail.Messages.Authentication;
using MailDashboard.Mail.Messages.Content;
using MailDashboard.Mail.Messages.Filters;

namespace MailDashboard.Mail.Messages;

/// <summary>Looks at a message that arrived in a test mailbox. Asks DNS, blocklists and filters; fetches nothing that the message names.</summary>
/// <param name="dns">Asked about the sender and about hosts of links.</param>
/// <param name="blocklists">Asked about address and domains; null asks none.</param>
/// <param name="filters">Spam filters to ask.</param>
/// <param name="time">The clock.</param>
public sealed class MessageJudge(IDnsResolver dns, BlocklistProbe? blocklists, IReadOnlyList<IMessageFilter> filters, TimeProvider time)
{
    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(20);

    /// <summary>Looks and judges. Never throws for what is in the message or on the network.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<(MessageVerdict Verdict, string? Preview)> JudgeAsync(MessageRequest request, CancellationToken cancellationToken)
    {
        var seen = await ObserveAsync(request, cancellationToken).ConfigureAwait(false);
        return (MessageAnalyzer.Analyze(seen), seen.Preview);
    }

    /// <summary>Looks. Failures come back as data.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<MessageObservation> ObserveAsync(MessageRequest request, CancellationToken cancellationToken)
    {
        var source = await OwnThread.RunAsync(() => MessageSource.Read(request.Message), cancellationToken).ConfigureAwait(false);
        var hop = SendingHops.Find(source.Header, request);
        var mailFrom = (request.MailFrom ?? source.Form["return-path"]) is { } path ? Bare(path) : null;
        var look = new AuthenticationLook(dns, time);
        var filtering = Task.WhenAll(filters.Select(f => AskAsync(f, request.Message, new FilterEnvelope(mailFrom ?? "", hop?.Address, hop?.Helo ?? ""), cancellationToken)));
        var host = look.HostAsync(hop, cancellationToken);
        var (seen, whole) = await MessageReading.ReadAsync(request, source, time, cancellationToken).ConfigureAwait(false);
        var (signatures, arc) = whole is { } message
            ? await look.SignaturesAsync(message, source.Header, request.ReceivedAt, cancellationToken).ConfigureAwait(false)
            : ([], null);
        var spf = await look.SpfAsync(hop, mailFrom, cancellationToken).ConfigureAwait(false);
        var links = Hosts(seen);
        return seen with
        {
            Hop = hop,
            Spf = spf,
            Signatures = signatures,
            Arc = arc,
            Dmarc = await look.DmarcAsync(source.Header.FromDomain, signatures.Select(s => s.Field.Domain).Append(spf.Domain), cancellationToken).ConfigureAwait(false),
            Host = await host.ConfigureAwait(false),
            LinkHosts = [.. await Task.WhenAll(links.Select(l => LookUpAsync(l, cancellationToken))).ConfigureAwait(false)],
            Looks = await ListsAsync(hop, source.Header.FromDomain, links, cancellationToken).ConfigureAwait(false),
            Filters = [.. await filtering.ConfigureAwait(false)],
        };
    }

    private static Task<FilterReport> AskAsync(IMessageFilter filter, ReadOnlyMemory<byte> message, FilterEnvelope envelope, CancellationToken cancellationToken) =>
        message.Length > MessageLimits.FilterOctets
            ? Task.FromResult(FilterReport.Unavailable(filter.Name, "FilterTooLarge", string.Create(CultureInfo.InvariantCulture, $"{MessageLimits.FilterOctets}")))
            : filter.JudgeAsync(message, envelope, cancellationToken);

    private static ImmutableArray<string> Hosts(MessageObservation seen) => seen.Body?.Html is { } html
        ? [.. html.Links.Select(l => l.Host).Where(h => AuthenticationLook.IsName(h)).Distinct().Take(MessageLimits.LinkHosts)]
        : [];

    private async Task<LinkHost> LookUpAsync(string host, CancellationToken cancellationToken) => new(
        host,
        [.. await Task.WhenAll(dns.QueryAsync(host, DnsRecordType.A, cancellationToken), dns.QueryAsync(host, DnsRecordType.AAAA, cancellationToken)).ConfigureAwait(false)]);

    private async Task<ImmutableArray<ListingLook>> ListsAsync(SendingHop? hop, string? from, ImmutableArray<string> links, CancellationToken cancellationToken)
    {
        if (blocklists is null)
        {
            return [];
        }

        using var patience = new CancellationTokenSource(ListPatience, time);
        var domains = links.Select(l => l.StartsWith("www.", StringComparison.Ordinal) ? l[4..] : l).Prepend(from ?? "").Where(d => d.Length > 0).Distinct();
        IEnumerable<BlocklistSubject> subjects = [.. hop?.Address is { } address ? [BlocklistSubject.Of(address)] : Array.Empty<BlocklistSubject>(), .. domains.Select(BlocklistSubject.Domain)];
        return await blocklists.LookAsync(subjects, s => s.Address is not null, patience.Token, cancellationToken).ConfigureAwait(false);
    }

    private static string Bare(string path) => HeaderFields.Clean(path, 500).Trim('<', '>', ' ');
}
