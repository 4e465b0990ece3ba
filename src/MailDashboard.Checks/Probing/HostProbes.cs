using System.Net;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Probing;

/// <summary>The probes that connect to hosts, beside the one for port 25. One set serves every audit of a process.</summary>
/// <param name="Connector">Opens connections, past the address guard.</param>
/// <param name="Http">Fetches from web servers.</param>
public sealed record HostProbes(IConnector Connector, IHttpProbe Http)
{
    /// <summary>Authorities that are trusted for mark certificates (BIMI); null: their chains are not judged.</summary>
    public X509Certificate2Collection? MarkRoots { get; init; }

    /// <summary>Tests hosts of the user's own for an open relay.</summary>
    public IRelayProbe Relay { get; init; } = new Nowhere();

    /// <summary>Asks ports for their versions of TLS.</summary>
    public ITlsVersionProbe Tls { get; init; } = new Nowhere();

    /// <summary>Talks to the ports of mail programs.</summary>
    public IServiceProbe Services { get; init; } = new Nowhere();

    /// <summary>Asks the name servers of a zone themselves.</summary>
    public IAuthorityProbe Authority { get; init; } = new Nowhere();

    /// <summary>Connects nowhere: for audits that look at DNS alone.</summary>
    public static HostProbes None { get; } = new(new Nowhere(), new Nowhere());

    private sealed class Nowhere : IConnector, IHttpProbe, IRelayProbe, ITlsVersionProbe, IServiceProbe, IAuthorityProbe
    {
        private const string Why = "this audit connects to no host";

        public Task<ConnectResult> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken) =>
            Task.FromResult(new ConnectResult(ConnectStatus.Guarded, null, TimeSpan.Zero, Why));

        public Task<HttpObservation> FetchAsync(HttpRequest request, IDnsResolver dns, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpObservation(request.Uri, HttpEnd.Guarded) { Failure = Why });

        public Task<RelayObservation> TestAsync(string host, IPAddress address, CancellationToken cancellationToken) =>
            Task.FromResult(new RelayObservation(host, address, RelayEnd.Unclear, Why, IsFromInside: false));

        public Task<TlsVersionObservation> ProbeAsync(TlsTarget target, CancellationToken cancellationToken) =>
            Task.FromResult(new TlsVersionObservation(target) { Connect = ConnectStatus.Guarded, Failure = Why });

        public Task<ServiceObservation> ProbeAsync(ServiceTarget target, CancellationToken cancellationToken) =>
            Task.FromResult(new ServiceObservation(target, SmtpStage.Connecting) { Connect = ConnectStatus.Guarded, Failure = Why });

        public Task<AuthorityAnswer> AskAsync(IPAddress server, DnsQuestion question, CancellationToken cancellationToken) =>
            Task.FromResult(new AuthorityAnswer(server, question, AuthorityEnd.Guarded) { Detail = Why });
    }
}
