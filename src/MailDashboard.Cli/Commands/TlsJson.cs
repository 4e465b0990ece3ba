using System.Text.Json.Serialization;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Cli.Commands;

/// <summary>What <c>maildash tls --json</c> prints.</summary>
internal static class TlsJson
{
    /// <summary>For one HOST:PORT its fields, of the first address that was reached, beside the list of all.</summary>
    public static object From(IReadOnlyList<TlsLook> looks, IReadOnlyDictionary<TlsTarget, ServiceObservation> talks, DateTimeOffset now)
    {
        var services = looks.SelectMany(l => Services(l, talks, now)).ToList();
        return looks is [{ Service.Port: not null }]
            ? new TlsJsonSingle(services.FirstOrDefault(s => s.State is not (TlsPortState.NotReached or TlsPortState.Unclear)) ?? services[0], services)
            : new TlsJsonList(services);
    }

    private static IEnumerable<TlsJsonService> Services(TlsLook look, IReadOnlyDictionary<TlsTarget, ServiceObservation> talks, DateTimeOffset now) => look.Seen.IsEmpty
        ? [TlsJsonService.Unresolved(look)]
        : look.Seen.Select(s => TlsJsonService.From(s, talks.GetValueOrDefault(s.Target), now));
}

/// <summary>Several ports.</summary>
internal sealed record TlsJsonList(IReadOnlyList<TlsJsonService> Services);

/// <summary>One port, and the same at each of its addresses.</summary>
internal sealed record TlsJsonSingle : TlsJsonService
{
    public TlsJsonSingle(TlsJsonService first, IReadOnlyList<TlsJsonService> services)
        : base(first) => Services = services;

    [JsonPropertyOrder(1)]
    public IReadOnlyList<TlsJsonService> Services { get; }
}

/// <summary>A port at one address.</summary>
internal record TlsJsonService(
    string Host,
    string? Address,
    int? Port,
    string? Starttls,
    TlsPortState State,
    string? Failure,
    IReadOnlyList<TlsJsonVersion> Versions,
    string? Cipher,
    TlsJsonCertificate? Certificate,
    string? Greeting,
    IReadOnlyList<string> Capabilities,
    IReadOnlyList<string> AuthBeforeTls,
    IReadOnlyList<string> AuthAfterTls)
{
    public static TlsJsonService From(TlsVersionObservation seen, ServiceObservation? talk, DateTimeOffset now)
    {
        var target = seen.Target;
        return new TlsJsonService(
            target.Host,
            target.Address.ToString(),
            target.Port,
            target.Prelude == TlsPrelude.None ? null : target.Prelude.ToString().ToLowerInvariant(),
            TlsPortStates.Of(seen, now),
            TlsPlain.Why(seen),
            Offers(seen),
            seen.Best?.CipherSuite,
            seen.Best?.Certificate is { } certificate ? TlsJsonCertificate.From(certificate, now) : null,
            talk is { Greeting.IsEmpty: false } ? string.Join('\n', talk.Greeting) : null,
            (talk?.After ?? talk?.Before)?.Capabilities ?? [],
            talk is null ? [] : TlsTalks.Mechanisms(talk.Before, talk.Target.Protocol),
            talk is null ? [] : TlsTalks.Mechanisms(talk.After, talk.Target.Protocol));
    }

    public static TlsJsonService Unresolved(TlsLook look) => new(
        look.Service.Host, null, look.Service.Port, null, TlsPortState.NotReached, TlsPlain.NoAddress(look), Offers(null), null, null, null, [], [], []);

    private static List<TlsJsonVersion> Offers(TlsVersionObservation? seen) =>
        [.. TlsPlain.Versions.Select(v => new TlsJsonVersion(TlsVersions.Name(v), seen is { Connect: ConnectStatus.Connected } ? seen.Offered(v) : null))];
}

/// <summary>A version; null where it could not be found out.</summary>
internal sealed record TlsJsonVersion(string Version, bool? Offered);

/// <summary>A certificate.</summary>
internal sealed record TlsJsonCertificate(
    string Subject,
    string Issuer,
    IReadOnlyList<string> Names,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    int DaysLeft,
    double LifetimeUsed,
    IReadOnlyList<TlsJsonChainLink> Chain,
    bool NameMatches,
    IReadOnlyList<CertificateFault> Faults,
    string Key,
    string Signature,
    string Thumbprint)
{
    public static TlsJsonCertificate From(CertificateFacts certificate, DateTimeOffset now) => new(
        certificate.Subject,
        certificate.Issuer,
        certificate.Names,
        certificate.NotBefore,
        certificate.NotAfter,
        TlsPlain.DaysLeft(certificate, now),
        Math.Round(certificate.LifetimeUsed(now), 4),
        [.. TlsChain.Of(certificate).Select(c => new TlsJsonChainLink(c.Subject, c.Issuer, c.NotAfter))],
        certificate.NameMatches,
        TlsPortStates.Faults(certificate, now),
        CertificateStrength.Key(certificate),
        certificate.SignatureAlgorithm,
        certificate.Thumbprint);
}

/// <summary>A certificate of the chain as sent, the server's own first.</summary>
internal sealed record TlsJsonChainLink(string Subject, string Issuer, DateTimeOffset NotAfter);
