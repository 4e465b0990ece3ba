using System.Collections.Concurrent;
using System.Collections.Immutable;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Tests.Fakes;

/// <summary>Ports of mail programs out of memory: one that was never mentioned refuses.</summary>
public sealed class FakeServices : IServiceProbe
{
    private readonly Dictionary<(string Address, int Port), Func<ServiceObservation, ServiceObservation>> _ports = [];
    private readonly ConcurrentQueue<ServiceTarget> _asked = new();

    /// <summary>Every port asked.</summary>
    public IReadOnlyList<ServiceTarget> Asked => [.. _asked];

    /// <summary>A perfect port, apart from what is changed.</summary>
    public FakeServices At(string address, int port, Func<ServiceObservation, ServiceObservation>? change = null)
    {
        _ports[(address, port)] = change ?? (o => o);
        return this;
    }

    /// <summary>The connection ends so.</summary>
    public FakeServices Connect(string address, int port, ConnectStatus status) =>
        At(address, port, o => new ServiceObservation(o.Target, SmtpStage.Connecting) { Connect = status, Failure = status.ToString(), At = PerfectSmtp.Now });

    /// <summary>A port whose certificate differs from a perfect one.</summary>
    public FakeServices Certificate(string address, int port, Func<CertificateFacts, CertificateFacts?> change) =>
        At(address, port, o => o with { Tls = o.Tls! with { Certificate = change(o.Tls.Certificate!) } });

    public Task<ServiceObservation> ProbeAsync(ServiceTarget target, CancellationToken cancellationToken)
    {
        _asked.Enqueue(target);
        var change = _ports.GetValueOrDefault((target.Address.ToString(), target.Port));
        return Task.FromResult(change is null
            ? new ServiceObservation(target, SmtpStage.Connecting) { Connect = ConnectStatus.Refused, Failure = "ConnectionRefused", At = PerfectSmtp.Now }
            : change(Perfect(target)));
    }

    /// <summary>What an offer is made of.</summary>
    public static ServiceOffer Offer(params string[] mechanisms) => new([.. mechanisms.Select(m => $"AUTH={m}")]) { Mechanisms = [.. mechanisms] };

    private static ServiceObservation Perfect(ServiceTarget target) => new(target, SmtpStage.Encrypted)
    {
        Connect = ConnectStatus.Connected,
        Greeting = [target.Protocol switch { ClientProtocol.Imap => "* OK ready", ClientProtocol.Pop3 => "+OK ready", _ => $"220 {target.Host} ESMTP" }],
        Before = target.ImplicitTls ? null : new ServiceOffer(["STARTTLS"]) { HasStartTls = true },
        After = Offer("PLAIN"),
        Tls = PerfectSmtp.Perfect(target.Host, target.Address).Tls,
        Conversation = ImmutableArray.Create(new ConversationLine(TimeSpan.Zero, true, "hello")),
        At = PerfectSmtp.Now,
    };
}
