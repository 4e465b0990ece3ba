using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Authentication;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Tests.Fakes;

/// <summary>Ports out of memory: one that was never mentioned refuses; a conversation that is handed in offers TLS 1.2 and 1.3.</summary>
public sealed class FakeTls : ITlsVersionProbe
{
    private readonly Dictionary<(string Address, int Port), Func<TlsVersionObservation, TlsVersionObservation>> _ports = [];
    private readonly ConcurrentQueue<TlsTarget> _asked = new();

    /// <summary>Every port asked.</summary>
    public IReadOnlyList<TlsTarget> Asked => [.. _asked];

    /// <summary>A perfect port, apart from what is changed.</summary>
    public FakeTls At(string address, int port, Func<TlsVersionObservation, TlsVersionObservation>? change = null)
    {
        _ports[(address, port)] = change ?? (o => o);
        return this;
    }

    /// <summary>A port that offers these versions: <c>+</c>, <c>-</c> or <c>?</c> for TLS 1.0 to 1.3.</summary>
    public FakeTls Offers(string address, int port, string offers) => At(address, port, o => o with { Offers = Matrix(offers) });

    /// <summary>A port whose certificate differs from a perfect one.</summary>
    public FakeTls Certificate(string address, int port, Func<CertificateFacts, CertificateFacts> change) =>
        At(address, port, o => o with { Best = o.Best! with { Certificate = change(o.Best.Certificate!) } });

    public Task<TlsVersionObservation> ProbeAsync(TlsTarget target, CancellationToken cancellationToken)
    {
        _asked.Enqueue(target);
        var change = _ports.GetValueOrDefault((target.Address.ToString(), target.Port));
        var perfect = new TlsVersionObservation(target)
        {
            Connect = target.Known?.Connect ?? ConnectStatus.Connected,
            Offers = Matrix("--++"),
            Best = target.Known is null ? PerfectSmtp.Perfect(target.Host, target.Address).Tls : target.Known.Tls,
            At = PerfectSmtp.Now,
        };
        return Task.FromResult(change is not null ? change(perfect)
            : target.Known is not null ? perfect
            : new TlsVersionObservation(target) { Connect = ConnectStatus.Refused });
    }

    private static ImmutableArray<TlsOffer> Matrix(string offers) =>
    [
        .. new[] { TlsVersions.Tls10, TlsVersions.Tls11, SslProtocols.Tls12, SslProtocols.Tls13 }
            .Zip(offers, (v, o) => new TlsOffer(v, o switch { '+' => true, '-' => false, _ => null })),
    ];
}
