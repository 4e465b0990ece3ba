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
/// <param name="request">The request's own token: the library goes on connecting for a while after it was told to stop.</param>
internal sealed class HttpAttempt(IConnector connector, CertificateInspector certificates, IDnsResolver dns, Uri uri, HttpRequest wanted, TimeProvider time, CancellationToken request)
{
    private const int AddressLimit = 4;

    private HttpEnd? _end;
    private string? _failure;
    private DnsAnswer? _unanswered;

    public IPAddress? Address { get; private set; }

    public TlsFacts? Tls { get; private set; }

    /// <summary>Status of the answer, as soon as there is one.</summary>
    public int Status { get; set; }

    public X509ChainPolicy ChainPolicy() => certificates.Policy();

    /// <summary>Opens the connection to the first of the host's addresses that takes it.</summary>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, request);
        var addresses = await ResolveAsync(both.Token).ConfigureAwait(false);
        for (var i = 0; i < addresses.Length; i++)
        {
            // A silent address must leave time for the ones after it.
            var result = await OpenAsync(addresses[i], wanted.Timeout / (addresses.Length - i + 1), both.Token).ConfigureAwait(false);
            if (result.Socket is { } socket)
            {
                (_end, _failure, Address) = (null, null, addresses[i]);
                return new NetworkStream(socket, ownsSocket: true);
            }

            Failed(addresses[i], EndOf(result.Status), result.Detail);
        }

        throw new IOException(_failure ?? "no address");
    }

    /// <summary>Describes the certificate and, where trust is required, insists on it.</summary>
    public bool Validate(object sender, X509Certificate? leaf, X509Chain? chain, SslPolicyErrors errors)
    {
        ImmutableArray<ReadOnlyMemory<byte>> sent = leaf is null
            ? []
            : TlsHandshake.AsSent(leaf.GetRawCertData(), chain?.ChainPolicy.ExtraStore.Select(c => c.RawData) ?? []);
        var facts = Purpose(certificates.Inspect(sent, uri.IdnHost), chain, errors);
        Tls = new TlsFacts((sender as SslStream)?.SslProtocol ?? SslProtocols.None, "", facts);
        if (!wanted.RequireTrust || facts is { NameMatches: true, ChainStatus.IsEmpty: true })
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
        CutStatus = Status,
    };

    /// <summary>The inspector does not know what the certificate is for; the handshake does, and refuses one that is not for servers.</summary>
    private static CertificateFacts? Purpose(CertificateFacts? facts, X509Chain? chain, SslPolicyErrors errors) =>
        facts is { ChainStatus.IsEmpty: true } && chain is not null && errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            ? facts with { ChainStatus = [.. chain.ChainStatus.Select(s => s.Status.ToString()).Distinct().Order(StringComparer.Ordinal)] }
            : facts;

    private async Task<ConnectResult> OpenAsync(IPAddress address, TimeSpan share, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(share, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await connector.ConnectAsync(new IPEndPoint(address, uri.Port), both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ConnectResult(ConnectStatus.TimedOut, null, share, $"no answer within {share.TotalSeconds:0.#} s");
        }
    }

    /// <summary>Of several addresses that fail the one that says most counts: a refusal is a fact, having no way there is not.</summary>
    private void Failed(IPAddress address, HttpEnd end, string? detail)
    {
        if (_end is null || Weight(end) > Weight(_end.Value))
        {
            (_end, _failure, Address) = (end, detail, address);
        }
    }

    private static int Weight(HttpEnd end) => end switch
    {
        HttpEnd.Refused => 3,
        HttpEnd.TimedOut => 2,
        HttpEnd.Unreachable => 1,
        _ => 0,
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

        // Two of each kind, so that many of one do not crowd out the other.
        ImmutableArray<IPAddress> found = [.. a.Addresses.Distinct().Take(AddressLimit / 2), .. aaaa.Addresses.Distinct().Take(AddressLimit / 2)];
        if (found.IsEmpty)
        {
            _unanswered = !a.IsDefinite ? a : !aaaa.IsDefinite ? aaaa : null;
            _end = _unanswered is null ? HttpEnd.NoAddress : HttpEnd.DnsFailed;
            _failure = (_unanswered ?? a).Status.Code();
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
