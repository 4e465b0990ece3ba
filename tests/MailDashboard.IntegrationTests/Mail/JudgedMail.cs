using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Messages.Filters;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace MailDashboard.IntegrationTests.Mail;

/// <summary>
/// A domain that sends (Postfix, signed by OpenDKIM), a mailbox that receives (another Postfix), their DNS (Knot) and a blocklist
/// (rbldnsd): real servers, real connections.
/// </summary>
public sealed class JudgedMail : IAsyncLifetime
{
    public const string SenderAddress = "127.0.1.20";
    public const string ForwarderAddress = "127.0.1.40";
    public const string Zen = "zen.spamhaus.org";

    private readonly TestCertificates certificates = new();
    private readonly RSA key = RSA.Create(2048);
    private readonly RSA forwarderKey = RSA.Create(2048);
    private KnotServer? knot;
    private OpenDkimServer? opendkim;
    private PostfixServer? sender;
    private PostfixServer? mailbox;

    public RblServer Lists { get; private set; } = null!;

    public IPEndPoint DnsServer => knot!.EndPoint;

    public AsymmetricKeyParameter Key => Private(key);

    public AsymmetricKeyParameter ForwarderKey => Private(forwarderKey);

    public async ValueTask InitializeAsync()
    {
        knot = await KnotServer.StartAsync([Good(), Reverse(), new("other.example", "@ TXT \"v=spf1 -all\"\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@other.example\""), Forwarder()]);
        Lists = await RblServer.StartAsync([(Zen, RblKind.Ip4)]);
        opendkim = await OpenDkimServer.StartAsync("good.example", "s1", key);
        mailbox = await PostfixServer.StartAsync(new PostfixSettings
        {
            EndPoint = LoopbackPorts.Free(),
            HostName = "in.mailbox.example",
            Certificate = certificates.Issue("in.mailbox.example"),
            Parameters = new Dictionary<string, string> { ["smtpd_tls_received_header"] = "yes" },
        });
        sender = await PostfixServer.StartAsync(new PostfixSettings
        {
            HostName = "mx.good.example",
            Parameters = new Dictionary<string, string>
            {
                ["virtual_mailbox_domains"] = "",
                ["default_transport"] = "smtp",
                ["relayhost"] = string.Create(CultureInfo.InvariantCulture, $"[{mailbox.EndPoint.Address}]:{mailbox.EndPoint.Port}"),
                ["smtpd_relay_restrictions"] = "permit_mynetworks, reject",
                ["smtp_bind_address"] = SenderAddress,
                ["smtp_tls_security_level"] = "encrypt",
                ["smtpd_milters"] = opendkim.Milter,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in new IAsyncDisposable?[] { sender, mailbox, opendkim, Lists, knot })
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }

        certificates.Dispose();
        key.Dispose();
        forwarderKey.Dispose();
    }

    /// <summary>Puts the domain's zone up, as it should be or with another SPF record.</summary>
    public Task SetGoodAsync(string? spf = null) => knot!.SetZoneAsync(Good(spf));

    public Task SetReverseAsync(bool hasSender) => knot!.SetZoneAsync(Reverse(hasSender));

    /// <summary>As a person of the domain sends it: through the domain's own server, which signs and relays.</summary>
    public Task<byte[]> RelayAsync(MimeMessage message, CancellationToken cancellationToken) => ArriveAsync(() => SendAsync(message, sender!, null, "client.good.example", cancellationToken), cancellationToken);

    /// <summary>From an address of our choice straight to the mailbox's server.</summary>
    public Task<byte[]> DeliverAsync(MimeMessage message, string address, string helo, CancellationToken cancellationToken) =>
        ArriveAsync(() => SendAsync(message, mailbox!, address, helo, cancellationToken), cancellationToken);

    public async Task<MessageVerdict> JudgeAsync(byte[] message, CancellationToken cancellationToken, params IMessageFilter[] filters)
    {
        var dns = new WireResolver([DnsServer], new DnsWireOptions(), TimeProvider.System);
        var settings = new BlocklistSettings { PrivateNetworks = [IPNetwork.Parse("127.0.0.0/8")], Enabled = BlocklistCatalogue.Shipped.Lists.Where(l => l.Zone != Zen).ToDictionary(l => l.Id, _ => false).ToImmutableDictionary() };
        var lists = new BlocklistProbe(new WireResolver([Lists.EndPoint], new DnsWireOptions(), TimeProvider.System), BlocklistCatalogue.Shipped, settings, new BlocklistHealth(TimeProvider.System));
        var (verdict, _) = await new MessageJudge(dns, lists, filters, TimeProvider.System).JudgeAsync(
            new MessageRequest(message, TimeProvider.System.GetUtcNow()) { TrustedHosts = ["in.mailbox.example"] }, cancellationToken);
        return verdict;
    }

    private async Task<byte[]> ArriveAsync(Func<Task> send, CancellationToken cancellationToken)
    {
        mailbox!.Mailbox.Clear();
        await send();
        await mailbox.Mailbox.WaitForAsync(1, cancellationToken: cancellationToken);
        return await File.ReadAllBytesAsync(Directory.GetFiles(Path.Combine(mailbox.Mailbox.Path, "new"))[0], cancellationToken);
    }

    private async Task SendAsync(MimeMessage message, PostfixServer server, string? address, string helo, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { CheckCertificateRevocation = false, LocalDomain = helo, ServerCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 leaf && certificates.Issued(leaf) };
        client.LocalEndPoint = address is null ? null! : new IPEndPoint(IPAddress.Parse(address), 0);
        await client.ConnectAsync(server.EndPoint.Address.ToString(), server.EndPoint.Port, SecureSocketOptions.StartTlsWhenAvailable, cancellationToken);
        await client.SendAsync(message, new MailboxAddress("", "bounce@good.example"), [new MailboxAddress("", "test@mailbox.example")], cancellationToken);
        await client.DisconnectAsync(true, cancellationToken);
    }

    private static AsymmetricKeyParameter Private(RSA rsa) => DotNetUtilities.GetRsaKeyPair(rsa.ExportParameters(true)).Private;

    private KnotZone Good(string? spf = null) => new("good.example", $"""
        @ TXT "{spf ?? $"v=spf1 ip4:{SenderAddress} -all"}"
        _dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@good.example"
        s1._domainkey TXT {KeyText(key)}
        mx A {SenderAddress}
        mx TXT "v=spf1 a -all"
        www A 127.0.1.80
        """);

    private KnotZone Forwarder() => new("forward.example", $"""
        out A {ForwarderAddress}
        arc._domainkey TXT {KeyText(forwarderKey)}
        """);

    private static KnotZone Reverse(bool hasSender = true) => new("127.in-addr.arpa", $"""
        40.1.0 PTR out.forward.example.
        {(hasSender ? "20.1.0 PTR mx.good.example." : "")}
        """);

    private static string KeyText(RSA rsa) => string.Join(' ', $"v=DKIM1; k=rsa; p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}".Chunk(200).Select(c => $"\"{new string(c)}\""));
}
