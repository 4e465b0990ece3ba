using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Tests.Fakes;

/// <summary>SMTP out of memory: every address is a perfect server unless it was told otherwise.</summary>
public sealed class PerfectSmtp : ISmtpProbe
{
    private readonly Dictionary<IPAddress, Func<SmtpObservation, SmtpObservation>> _changes = [];
    private readonly HashSet<IPAddress> _hanging = [];
    private readonly ConcurrentQueue<(string Host, IPAddress Address)> _asked = new();

    /// <summary>When conversations take place, and certificates are judged.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Every conversation, in order.</summary>
    public IReadOnlyList<(string Host, IPAddress Address)> Asked => [.. _asked];

    /// <summary>This address differs from a perfect server.</summary>
    public PerfectSmtp At(string address, Func<SmtpObservation, SmtpObservation> change)
    {
        _changes[IPAddress.Parse(address)] = change;
        return this;
    }

    /// <summary>The connection to this address ends so.</summary>
    public PerfectSmtp Connect(string address, ConnectStatus status) =>
        At(address, o => new SmtpObservation(o.Host, o.Address, SmtpStage.Connecting) { Connect = status, Failure = status.ToString(), At = Now });

    /// <summary>A conversation with this address does not end.</summary>
    public PerfectSmtp Hang(string address)
    {
        _hanging.Add(IPAddress.Parse(address));
        return this;
    }

    /// <summary>The certificate of this address differs from a perfect one.</summary>
    public PerfectSmtp Certificate(string address, Func<CertificateFacts, CertificateFacts?> change) =>
        At(address, o => o with { Tls = o.Tls! with { Certificate = change(o.Tls.Certificate!) } });

    public Task<SmtpObservation> ProbeAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        _asked.Enqueue((host, address));
        if (_hanging.Contains(address))
        {
            return new TaskCompletionSource<SmtpObservation>().Task;
        }

        var perfect = Perfect(host, address);
        return Task.FromResult(_changes.TryGetValue(address, out var change) ? change(perfect) : perfect);
    }

    /// <summary>A server without a fault: TLS 1.3, old versions refused, a certificate in the middle of its life.</summary>
    public static SmtpObservation Perfect(string host, IPAddress address) => new(host, address, SmtpStage.Encrypted)
    {
        Connect = ConnectStatus.Connected,
        Greeting = [$"220 {host} ESMTP"],
        HelloName = host,
        Mailboxes = Takes("postmaster@example.test", "abuse@example.test"),
        GreetingDelay = TimeSpan.FromMilliseconds(80),
        Capabilities = ["SIZE 10240000", "STARTTLS"],
        CapabilitiesAfterTls = ["SIZE 10240000"],
        OldTls = SslProtocols.None,
        At = Now,
        Tls = new TlsFacts(SslProtocols.Tls13, "TLS_AES_256_GCM_SHA384", new CertificateFacts(
            $"CN={host}",
            "CN=R12, O=Let's Encrypt",
            [host],
            Now.AddDays(-30),
            Now.AddDays(60),
            "ECDSA",
            256,
            "sha256RSA",
            new string('0', 64),
            NameMatches: true,
            ChainStatus: [],
            Chain: [])),
    };

    /// <summary>It takes mail for these.</summary>
    public static MailboxAnswers Takes(params string[] mailboxes)
    {
        var yes = new SmtpAnswer(250, "250 2.1.5 Ok", TimeSpan.FromMilliseconds(20));
        return new MailboxAnswers(yes, [.. mailboxes.Select(m => new MailboxAnswer(m, yes))]);
    }
}
