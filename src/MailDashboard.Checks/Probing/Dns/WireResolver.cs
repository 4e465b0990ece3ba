using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Dns.Wire;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>
/// Asks the configured servers, and only those: where there is none, or none that answers, the answer says so. A
/// question that got no usable answer is tried once more, at the next server where there is one. Safe to share.
/// </summary>
public sealed class WireResolver : IDnsResolver
{
    /// <summary>Detail of every answer where no server is configured.</summary>
    public const string NoServers = "no DNS server is configured, and the system names none";

    private readonly ImmutableArray<IPEndPoint> _servers;
    private readonly ServerRotation _rotation;
    private readonly DnsExchange _exchange;
    private readonly QuestionRoom _room;
    private readonly TimeProvider _time;

    /// <summary>A resolver for these servers, asked in this order.</summary>
    public WireResolver(IEnumerable<IPEndPoint> servers, DnsWireOptions options, TimeProvider time)
    {
        _servers = [.. servers.Distinct()];
        _rotation = new ServerRotation(_servers, time);
        _exchange = new DnsExchange(options.Timeout, time, new UdpSockets(time));
        _room = new QuestionRoom(options.Concurrency, options.PatientConcurrency, time);
        _time = time;
    }

    /// <summary>The servers that it asks.</summary>
    public IReadOnlyList<IPEndPoint> Servers => _servers;

    /// <inheritdoc/>
    public async Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var question = new DnsQuestion(DnsNames.Normalize(name), type);
        var started = _time.GetTimestamp();
        if (!DnsNames.CanBeAsked(question.Name))
        {
            return new DnsAnswer(question, DnsStatus.InvalidName) { At = _time.GetUtcNow() };
        }

        var checkingDisabled = options.HasFlag(DnsOptions.CheckingDisabled);
        var aliases = ImmutableArray<string>.Empty;
        var authenticated = true;
        uint? ttl = null;
        var target = question.Name;
        while (true)
        {
            var (end, message, server) = await TryServersAsync(question with { Name = target }, checkingDisabled, cancellationToken).ConfigureAwait(false);
            aliases = aliases.IsEmpty ? end.Aliases : aliases.AddRange(end.Aliases);
            authenticated &= message?.IsAuthenticated ?? false;
            ttl = ttl < end.Ttl ? ttl : end.Ttl ?? ttl;
            var answer = new DnsAnswer(question, end.Status ?? DnsStatus.ServFail)
            {
                Records = end.Records,
                Aliases = aliases,
                Ttl = end.Status is DnsStatus.Answered or DnsStatus.NoData or DnsStatus.NxDomain ? ttl : null,
                IsAuthenticated = authenticated,
                NegativeTtl = end.Status is DnsStatus.NoData or DnsStatus.NxDomain && message?.Authority is { } soa ? Math.Min(soa.Ttl, soa.Minimum) : null,
                Zone = end.Status is DnsStatus.NoData or DnsStatus.NxDomain && message?.Authority?.Name is { } zone
                    && DnsNames.IsEqualOrBelow(aliases.IsEmpty ? question.Name : aliases[^1], zone) ? zone : null,
                Server = server is null ? "" : $"{server.Address}#{server.Port}",
                Detail = end.Detail,
                At = _time.GetUtcNow(),
                Elapsed = _time.GetElapsedTime(started),
            };
            if (end.Status is not null)
            {
                return answer;
            }

            target = aliases[^1];
            if (target == question.Name || aliases.Length > AnswerChain.MostAliases || aliases.IndexOf(target) != aliases.Length - 1)
            {
                return answer with { Detail = DnsAnswer.AliasLoop };
            }
        }
    }

    private async Task<(ChainEnd End, DnsMessage? Message, IPEndPoint? Server)> TryServersAsync(DnsQuestion question, bool checkingDisabled, CancellationToken cancellationToken)
    {
        (ChainEnd End, DnsMessage? Message, IPEndPoint? Server) best = (Failed(DnsStatus.Unreachable, NoServers), null, null);
        var silences = 0;
        foreach (var server in Tries())
        {
            ExchangeResult result;
            using (await _room.EnterAsync(cancellationToken).ConfigureAwait(false))
            {
                result = await _exchange.AskAsync(server, question, QueryFlags.ForResolver(checkingDisabled), cancellationToken).ConfigureAwait(false);
            }

            _rotation.Report(server, result.Message is not null || result.Failure == DnsStatus.Malformed);
            var end = result.Message is { } message ? AnswerChain.Follow(message, question) : Failed(result.Failure, result.Detail);
            if (end.Status is null or DnsStatus.Answered or DnsStatus.NoData or DnsStatus.NxDomain or DnsStatus.InvalidName)
            {
                return (end, result.Message, server);
            }

            // What a server said tells more than another's silence.
            if (best.Server is null || best.Message is null)
            {
                best = (end, result.Message, server);
            }

            silences += end.Status == DnsStatus.Timeout ? 1 : 0;
            if (silences == 2 || (_servers.Length == 1 && end.Status != DnsStatus.Timeout))
            {
                break;
            }
        }

        return best;
    }

    // Every server once; a lone server twice, for the datagram that got lost.
    private IEnumerable<IPEndPoint> Tries() => _servers.Length == 1 ? [_servers[0], _servers[0]] : _rotation.InOrder();

    private static ChainEnd Failed(DnsStatus status, string? detail) => new(status, [], [], null, detail);
}
