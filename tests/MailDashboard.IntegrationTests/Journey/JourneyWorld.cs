using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>
/// The world around one dashboard: a domain whose only fault is that it has no DMARC record, its mail exchanger, two blocklists,
/// and somebody's mail server that takes the alerts.
/// </summary>
public sealed class JourneyWorld : IAsyncDisposable
{
    public const string Domain = "harbour.example";
    public const string Exchanger = $"mx.{Domain}";
    public const string Selector = "s1";
    public const string AddressList = "bl.sentinel.example";
    public const string AddressListName = "Sentinel addresses";
    public const string DomainList = "dbl.sentinel.example";
    public const string Provider = "smtp2go.net";
    public const string MailboxHost = $"imap.{Domain}";
    private const string ReverseZone = "1.0.127.in-addr.arpa";

    private readonly Stack<IAsyncDisposable> started = new();
    private readonly TestCertificates certificates = new();

    private JourneyWorld()
    {
    }

    /// <summary>Where the domain's mail goes in and out.</summary>
    public IPAddress Address { get; } = IPAddress.Parse("127.0.1.60");

    /// <summary>Name and password without which <see cref="Recipient"/> takes nothing.</summary>
    public NetworkCredential Login { get; } = new("dashboard", "Kai-Mauer 17 é");

    public ServerFolder Folder { get; } = new("journey");

    public RblServer Lists { get; private set; } = null!;

    public KnotServer Authority { get; private set; } = null!;

    public UnboundServer Resolver { get; private set; } = null!;

    public PostfixServer MailExchanger { get; private set; } = null!;

    public PostfixServer Recipient { get; private set; } = null!;

    /// <summary>Where mail can be read that either server takes; null where they keep it.</summary>
    public MailboxServer? Mailboxes { get; private set; }

    public string AuthorityFile => Folder["authority.pem"];

    public string BlocklistFile => Folder["blocklists.json"];

    /// <summary>A certificate that the dashboard trusts.</summary>
    public TestCertificate Issue(string name) => certificates.Issue(name);

    public static string RemovalUrl(IPAddress address) => $"https://sentinel.example/removal?{address}";

    public static Task<JourneyWorld> StartAsync(CancellationToken cancellationToken) => StartAsync(hasMailboxes: false, cancellationToken);

    /// <param name="hasMailboxes">Mail can be read by IMAP.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<JourneyWorld> StartAsync(bool hasMailboxes, CancellationToken cancellationToken)
    {
        var world = new JourneyWorld();
        try
        {
            await world.StartServersAsync(hasMailboxes, cancellationToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public Task ListAsync(CancellationToken cancellationToken) =>
        Lists.ListAsync(AddressList, Address.ToString(), "127.0.0.4", $"Spam was seen from {Address}", cancellationToken);

    public Task DelistAsync(CancellationToken cancellationToken) => Lists.DelistAsync(AddressList, Address.ToString(), cancellationToken);

    /// <summary>One of the servers signs what the domain sends from now on.</summary>
    public async Task SignAsync(PostfixServer server, string selector, RSA key, CancellationToken cancellationToken) =>
        await server.SetAsync("smtpd_milters", Keep(await OpenDkimServer.StartAsync(Domain, selector, key, cancellationToken)).Milter, cancellationToken);

    /// <summary>The public half of a key, as a zone file has it.</summary>
    public static string KeyText(RSA key) => string.Join(' ', $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}".Chunk(200).Select(c => $"\"{new string(c)}\""));

    public async ValueTask DisposeAsync()
    {
        while (started.TryPop(out var server))
        {
            await server.DisposeAsync();
        }

        certificates.Dispose();
        Folder.Dispose();
    }

    private async Task StartServersAsync(bool hasMailboxes, CancellationToken cancellationToken)
    {
        Folder.Write("authority.pem", certificates.AuthorityPem);
        Folder.Write("blocklists.json", JourneyBlocklists.Json);
        Authority = Keep(await KnotServer.StartAsync(
            [new(Domain, Records()), new(Provider, ""), new(ReverseZone, string.Create(CultureInfo.InvariantCulture, $"{Address.GetAddressBytes()[3]} PTR {Exchanger}."))],
            cancellationToken: cancellationToken));
        Lists = Keep(await RblServer.StartAsync([(AddressList, RblKind.Ip4), (DomainList, RblKind.Domain)], cancellationToken: cancellationToken));
        Resolver = Keep(await UnboundServer.StartAsync(
            new()
            {
                Stubs = new Dictionary<string, IPEndPoint>
                {
                    [Domain] = Authority.EndPoint,
                    [Provider] = Authority.EndPoint,
                    [ReverseZone] = Authority.EndPoint,
                    [AddressList] = Lists.EndPoint,
                    [DomainList] = Lists.EndPoint,
                },
            },
            cancellationToken));
        var delivery = new Dictionary<string, string>();
        if (hasMailboxes)
        {
            Mailboxes = Keep(await MailboxServer.StartAsync(certificates.Issue(MailboxHost), cancellationToken));
            Mailboxes.Deliver(delivery, catchAll: null);
        }

        MailExchanger = Keep(await PostfixServer.StartAsync(
            new() { EndPoint = LoopbackPorts.Free(Address), HostName = Exchanger, Certificate = certificates.Issue(Exchanger), Domains = [Domain], Parameters = delivery },
            cancellationToken));
        Recipient = Keep(await PostfixServer.StartAsync(
            new() { HostName = "smtp.office.example", Certificate = certificates.Issue("127.0.0.1"), Login = Login, Parameters = delivery },
            cancellationToken));
    }

    private string Records()
    {
        using var key = RSA.Create(2048);
        return $"""
            @ MX 10 mx
            mx A {Address}
            @ TXT "v=spf1 ip4:{Address} -all"
            {Selector}._domainkey TXT {KeyText(key)}
            _smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@{Domain}"
            """;
    }

    private T Keep<T>(T server)
        where T : IAsyncDisposable
    {
        started.Push(server);
        return server;
    }
}
