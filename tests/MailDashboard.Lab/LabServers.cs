using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.Lab;

/// <summary>Every server of the lab, started in the order in which they need each other.</summary>
public sealed class LabServers : IAsyncDisposable
{
    public const string AddressList = "bl.lab.example";
    public const string DomainList = "dbl.lab.example";
    public const string RefusingList = "refusing.lab.example";
    public const string SilentList = "silent.lab.example";
    private static readonly string[] ReverseZones = ["0.0.127.in-addr.arpa", "1.0.127.in-addr.arpa", "2.0.192.in-addr.arpa"];

    private readonly Stack<IAsyncDisposable> started = new();

    private LabServers()
    {
    }

    public TestCertificates Certificates { get; } = new(name: "Mail Dashboard lab authority");

    public RblServer Lists { get; private set; } = null!;

    public PostfixServer Recipient { get; private set; } = null!;

    public PostfixServer Submission { get; private set; } = null!;

    public static async Task<LabServers> StartAsync(CancellationToken cancellationToken)
    {
        var lab = new LabServers();
        try
        {
            await lab.StartDnsAsync(cancellationToken);
            await lab.StartExchangersAsync(cancellationToken);
            await lab.StartRecipientsAsync(cancellationToken);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (started.TryPop(out var server))
        {
            await server.DisposeAsync();
        }

        Certificates.Dispose();
    }

    private async Task StartDnsAsync(CancellationToken cancellationToken)
    {
        var zones = LabWorld.Domains.Select(domain => new KnotZone(domain.Name, domain.Records(), domain.Signed)).ToList();
        zones.Add(new(ReverseZones[0], "1 PTR smtp.lab.example."));
        zones.Add(new(ReverseZones[1], LabWorld.ReverseRecords()));
        zones.Add(new(ReverseZones[2], "1 PTR mx.good.example."));
        var knot = Keep(await KnotServer.StartAsync(zones, LabAddresses.Authority, cancellationToken));

        Lists = Keep(await RblServer.StartAsync(
            [(AddressList, RblKind.Ip4), (DomainList, RblKind.Domain), (RefusingList, RblKind.Ip4)], LabAddresses.Blocklists, cancellationToken: cancellationToken));
        await Lists.ListAsync(AddressList, "127.0.1.20", "127.0.0.4", "Spam was seen from 127.0.1.20", cancellationToken);
        await Lists.ListAsync(DomainList, ".listed.example", "127.0.1.2", "listed.example was seen in spam", cancellationToken);
        await Lists.AnswerEverythingAsync(RefusingList, "127.255.255.254", cancellationToken);

        var relay = Keep(DnsRelay.Start(LabAddresses.Authority, LabAddresses.SlowAuthority));
        relay.Rule = name => name switch
        {
            _ when IsBelow(name, "slow.example") => DnsFault.Late(TimeSpan.FromSeconds(1.5)),
            _ when IsBelow(name, "broken.example") => DnsFault.ServFail,
            _ => DnsFault.Silence,
        };

        var anchors = await knot.TrustAnchorsAsync("good.example", cancellationToken);
        var stubs = zones.ToDictionary(zone => zone.Name, _ => LabAddresses.Authority);
        foreach (var name in LabWorld.Domains.Where(domain => domain.BehindRelay).Select(domain => domain.Name).Append(SilentList))
        {
            stubs[name] = LabAddresses.SlowAuthority;
        }

        foreach (var list in (string[])[AddressList, DomainList, RefusingList])
        {
            stubs[list] = LabAddresses.Blocklists;
        }

        Keep(await UnboundServer.StartAsync(
            new()
            {
                EndPoint = LabAddresses.Resolver,
                Stubs = stubs,
                // The key of another zone: signatures that do not fit.
                TrustAnchors = [.. anchors, .. anchors.Select(anchor => anchor.Replace("good.example", "bogus.example", StringComparison.Ordinal))],
                MaximumTtl = 5,
                // Patience with a server that it does not know yet, else the slow domain is a dead one.
                Extra = "  unknown-server-time-limit: 3000",
            },
            cancellationToken));
    }

    private async Task StartExchangersAsync(CancellationToken cancellationToken)
    {
        await StartExchangerAsync(
            10,
            "mx.good.example",
            Certificates.Issue("mx.good.example", "mx.no-ptr.example", "mx.wrong-ptr.example", "mx.listed.example", "mail.alias-mx.example"),
            cancellationToken,
            settings => settings with { AlsoAt = [.. new[] { 15, 16, 20 }.Select(LabAddresses.Exchanger)] });
        await StartExchangerAsync(11, "mx.expired-cert.example", Certificates.IssueExpired("mx.expired-cert.example"), cancellationToken);
        await StartExchangerAsync(12, "mx.self-signed.example", Certificates.SelfSigned("mx.self-signed.example"), cancellationToken);
        await StartExchangerAsync(13, "mx.wrong-name.example", Certificates.Issue("mail.elsewhere.example"), cancellationToken);
        await StartExchangerAsync(14, "mx.no-starttls.example", null, cancellationToken);
        await StartExchangerAsync(17, "mx.old-tls.example", Certificates.Issue("mx.old-tls.example"), cancellationToken, settings => settings with
        {
            Parameters = new Dictionary<string, string>
            {
                ["smtpd_tls_protocols"] = ">=TLSv1",
                ["smtpd_tls_mandatory_protocols"] = ">=TLSv1",
                ["tls_medium_cipherlist"] = "ALL:@SECLEVEL=0",
            },
        });
        var silent = Keep(SmtpSink.Start(endPoint: LabAddresses.Exchanger(31)));
        silent.Behaviour = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return SmtpMove.Drop;
        };
    }

    private async Task StartExchangerAsync(
        int last, string name, TestCertificate? certificate, CancellationToken cancellationToken, Func<PostfixSettings, PostfixSettings>? adjust = null)
    {
        var settings = new PostfixSettings
        {
            EndPoint = LabAddresses.Exchanger(last),
            HostName = name,
            Certificate = certificate,
            Domains = [.. LabWorld.Domains.Select(domain => domain.Name)],
        };
        Keep(await PostfixServer.StartAsync(adjust?.Invoke(settings) ?? settings, cancellationToken));
    }

    private async Task StartRecipientsAsync(CancellationToken cancellationToken)
    {
        var certificate = Certificates.Issue("smtp.lab.example", "127.0.0.1");
        Recipient = Keep(await PostfixServer.StartAsync(
            new() { EndPoint = LabAddresses.Recipient, HostName = "smtp.lab.example", Certificate = certificate }, cancellationToken));
        Submission = Keep(await PostfixServer.StartAsync(
            new() { EndPoint = LabAddresses.Submission, HostName = "smtp.lab.example", Certificate = certificate, Login = LabAddresses.Login }, cancellationToken));
    }

    private static bool IsBelow(string name, string zone) => name == zone || name.EndsWith($".{zone}", StringComparison.Ordinal);

    private T Keep<T>(T server)
        where T : IAsyncDisposable
    {
        started.Push(server);
        return server;
    }
}
