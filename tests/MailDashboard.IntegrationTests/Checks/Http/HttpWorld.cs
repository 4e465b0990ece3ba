using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.IntegrationTests.Checks.Smtp;
using MailDashboard.IntegrationTests.Servers.Mail;
using HttpRequest = MailDashboard.Checks.Probing.Http.HttpRequest;

namespace MailDashboard.IntegrationTests.Checks.Http;

/// <summary>A probe that trusts the test's own authority, and names that lead to loopback.</summary>
internal sealed class HttpWorld : IDisposable, IDnsResolver
{
    public TestCertificates Certificates { get; } = new();

    /// <summary>Every name has these addresses.</summary>
    public IPAddress[] Addresses { get; set; } = [IPAddress.Loopback];

    public DnsStatus Otherwise { get; set; } = DnsStatus.NoData;

    public AddressGuard Guard { get; set; } = AddressGuard.AllowAll;

    public void Dispose() => Certificates.Dispose();

    public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken)
    {
        var found = Addresses.Where(a => (a.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork) == (type == DnsRecordType.A));
        var question = new DnsQuestion(name, type);
        return Task.FromResult(found.Any()
            ? new DnsAnswer(question, DnsStatus.Answered) { Records = [.. found.Select(a => new AddressRecord(name, 60, a))] }
            : new DnsAnswer(question, Otherwise));
    }

    public Task<HttpObservation> FetchAsync(string uri, Func<HttpRequest, HttpRequest>? change = null)
    {
        var connector = new TcpConnector(Guard, TimeSpan.FromSeconds(10), TimeProvider.System);
        var probe = new HttpProbe(connector, new CertificateInspector(TimeProvider.System, [Certificates.Authority]), TimeProvider.System);
        var request = new HttpRequest(new Uri(uri)) { Timeout = TimeSpan.FromSeconds(5) };
        return probe.FetchAsync(change?.Invoke(request) ?? request, this, TestContext.Current.CancellationToken);
    }

    /// <summary>A server that shows a certificate and then says whatever the test says, after the request's first line.</summary>
    public static LoopbackServer Serve(X509Certificate2 certificate, Func<Stream, CancellationToken, Task> talk) => new(async (plain, stop) =>
    {
        await using var stream = new SslStream(plain);
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
        await LoopbackServer.CommandAsync(stream, stop);
        await talk(stream, stop);
    });
}
