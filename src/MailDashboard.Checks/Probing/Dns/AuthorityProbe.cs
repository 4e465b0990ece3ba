using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns.Wire;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>Asks name servers themselves, at addresses that the guard passes. Safe to share.</summary>
public sealed class AuthorityProbe(AddressGuard guard, AuthorityProbeOptions options, TimeProvider time) : IAuthorityProbe
{
    // Where machines keep a resolver of their own: 127.0.0.1, 127.0.0.53, 127.0.1.1.
    private static readonly IPNetwork OwnResolvers = IPNetwork.Parse("127.0.0.0/23");

    private readonly DnsExchange _exchange = new(options.Timeout, time);

    /// <inheritdoc/>
    public async Task<AuthorityAnswer> AskAsync(IPAddress server, DnsQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = new AuthorityAnswer(server, question, AuthorityEnd.Guarded) { At = time.GetUtcNow() };
        if (!guard.Allows(server, out var reason))
        {
            return answer with { Detail = reason };
        }

        if (options.Port == AuthorityProbeOptions.StandardPort && IsOwnResolver(server))
        {
            // A zone that names such an address means every machine's own; ours would answer for what it knows from elsewhere.
            return answer with { Detail = $"{server} is this machine, where its own resolver listens" };
        }

        var started = time.GetTimestamp();
        var result = await TryAsync(new IPEndPoint(server, options.Port), question, cancellationToken).ConfigureAwait(false);
        answer = answer with { Elapsed = time.GetElapsedTime(started), Detail = result.Detail };
        return result.Message is { } message ? Read(answer, message) : answer with { End = EndOf(result) };
    }

    private async Task<ExchangeResult> TryAsync(IPEndPoint server, DnsQuestion question, CancellationToken cancellationToken)
    {
        var result = new ExchangeResult(null, DnsStatus.Timeout, null);
        for (var i = 0; i < Math.Max(1, options.Tries) && result is { Message: null, Failure: DnsStatus.Timeout }; i++)
        {
            result = await _exchange.AskAsync(server, question, QueryFlags.ForAuthority, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    private static AuthorityAnswer Read(AuthorityAnswer answer, DnsMessage message)
    {
        var end = AnswerChain.Follow(message, answer.Question);
        return answer with
        {
            End = AuthorityEnd.Answered,
            IsAuthoritative = message.IsAuthoritative,
            OffersRecursion = message.RecursionAvailable,
            // An alias that leads out of the server's zones is an answer, and ours ends there.
            Status = end.Status ?? DnsStatus.NoData,
            Records = end.Aliases.IsEmpty ? end.Records : [],
            Detail = end.Detail,
        };
    }

    private static AuthorityEnd EndOf(ExchangeResult result) => result.Failure switch
    {
        DnsStatus.Timeout => AuthorityEnd.Silent,
        DnsStatus.Unreachable when result.Detail?.StartsWith(nameof(SocketError.ConnectionRefused), StringComparison.Ordinal) == true => AuthorityEnd.Closed,
        DnsStatus.Unreachable => AuthorityEnd.NoRoute,
        _ => AuthorityEnd.Malformed,
    };

    private static bool IsOwnResolver(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IsLoopback(address) : OwnResolvers.Contains(address);
}
