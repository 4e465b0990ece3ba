using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Security.Authentication;
using System.Text;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Tests.Fakes;

/// <summary>Web servers out of memory. An address that was never mentioned has no host.</summary>
public sealed class FakeHttp : IHttpProbe
{
    private readonly Dictionary<string, Func<HttpObservation, HttpObservation>> _pages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<HttpRequest> _asked = new();

    /// <summary>Every request, in order.</summary>
    public IReadOnlyList<HttpRequest> Asked => [.. _asked];

    /// <summary>A page that is there.</summary>
    public FakeHttp Page(string address, string body, string type = "text/plain") => Page(address, Encoding.UTF8.GetBytes(body), type);

    /// <summary>A page that is there.</summary>
    public FakeHttp Page(string address, byte[] body, string type) => At(address, o => o with { Status = 200, Body = body, MediaType = type });

    /// <summary>This address is answered so; what is handed in was answered without status and body.</summary>
    public FakeHttp At(string address, Func<HttpObservation, HttpObservation> change)
    {
        _pages[address] = change;
        return this;
    }

    /// <summary>A certificate of a host, for a handshake that failed.</summary>
    public static TlsFacts Certificate(string name, bool matches = true, ImmutableArray<string> chain = default, int daysLeft = 60) => new(
        SslProtocols.Tls13,
        "",
        new CertificateFacts(
            $"CN={name}", "CN=Test Authority", [name], PerfectSmtp.Now.AddDays(daysLeft - 90), PerfectSmtp.Now.AddDays(daysLeft),
            "ECDSA", 256, "sha256ECDSA", "00", matches, chain.IsDefault ? [] : chain, []));

    public Task<HttpObservation> FetchAsync(HttpRequest request, IDnsResolver dns, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _asked.Enqueue(request);
        var answered = new HttpObservation(request.Uri, HttpEnd.Answered) { Address = IPAddress.Parse("192.0.2.80") };
        return Task.FromResult(_pages.TryGetValue(request.Uri.ToString(), out var change)
            ? change(answered)
            : new HttpObservation(request.Uri, HttpEnd.NoAddress) { Failure = "NXDOMAIN" });
    }
}
