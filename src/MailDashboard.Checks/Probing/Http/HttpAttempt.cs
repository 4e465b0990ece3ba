using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Probing.Http;

/// <summary>One request's connection, and what went wrong with it: the client library only knows that it has none.</summary>
internal sealed class HttpAttempt(IConnector connector, CertificateInspector certificates, IDnsResolver dns, int addressLimit, Uri uri, bool requireTrust)
{
    private HttpEnd? _end;
    private string? _failure;
    private DnsAnswer? _unanswered;

    public IPAddress? Address { get; private set; }

    public TlsFacts? Tls { get; private set; }

    public X509ChainPolicy ChainPolicy() => certificates.Policy();

    /// <summary>Opens the connection to the first of the host's addresses that takes it.</summary>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        foreach (var address in addresses)
        {
            var result = await connector.ConnectAsync(new IPEndPoint(address, uri.Port), cancellationToken).ConfigureAwait(false);
            Address = address;
            if (result.Socket is { } socket)
            {
                return new NetworkStream(socket, ownsSocket: true);
            }

            (_end, _failure) = (EndOf(result.Status), result.Detail);
        }

        throw new IOException(_failure ?? "no address");
    }

    /// <summary>Describes the certificate and, where trust is required, insists on it.</summary>
    public bool Validate(object sender, X509Certificate? leaf, X509Chain? chain, SslPolicyErrors errors)
    {
        var others = chain?.ChainPolicy.ExtraStore.Select(c => c.RawData) ?? [];
        ImmutableArray<ReadOnlyMemory<byte>> sent = leaf is null ? [] : [leaf.GetRawCertData(), .. others.Select(o => (ReadOnlyMemory<byte>)o)];
        var facts = certificates.Inspect(sent, uri.IdnHost);
        Tls = new TlsFacts((sender as SslStream)?.SslProtocol ?? SslProtocols.None, "", facts);
        if (!requireTrust || facts is { NameMatches: true, ChainStatus.IsEmpty: true })
        {
            return true;
        }

        (_end, _failure) = (HttpEnd.Tls, facts is null ? "no certificate" : string.Join(", ", facts.NameMatches ? facts.ChainStatus : ["NameMismatch", .. facts.ChainStatus]));
        return false;
    }

    /// <summary>The end of a request that has no answer.</summary>
    /// <param name="otherwise">Where the connection itself went well.</param>
    /// <param name="detail">What the library said.</param>
    public HttpObservation Failed(HttpEnd otherwise, string detail) => new(uri, _end ?? otherwise)
    {
        Failure = _failure ?? detail,
        Address = Address,
        Tls = Tls,
        Unanswered = _unanswered,
    };

    private async Task<ImmutableArray<IPAddress>> ResolveAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(uri.IdnHost, out var literal))
        {
            return [literal];
        }

        var v4 = dns.QueryAsync(uri.IdnHost, DnsRecordType.A, cancellationToken);
        var v6 = dns.QueryAsync(uri.IdnHost, DnsRecordType.AAAA, cancellationToken);
        var (a, aaaa) = (await v4.ConfigureAwait(false), await v6.ConfigureAwait(false));
        ImmutableArray<IPAddress> found = [.. a.Addresses.Concat(aaaa.Addresses).Distinct().Take(addressLimit)];
        if (found.IsEmpty)
        {
            _unanswered = !a.IsDefinite ? a : !aaaa.IsDefinite ? aaaa : null;
            _end = _unanswered is null ? HttpEnd.NoAddress : HttpEnd.DnsFailed;
        }

        return found;
    }

    private static HttpEnd EndOf(ConnectStatus status) => status switch
    {
        ConnectStatus.Refused => HttpEnd.Refused,
        ConnectStatus.TimedOut => HttpEnd.TimedOut,
        ConnectStatus.Guarded => HttpEnd.Guarded,
        _ => HttpEnd.Unreachable,
    };
}
