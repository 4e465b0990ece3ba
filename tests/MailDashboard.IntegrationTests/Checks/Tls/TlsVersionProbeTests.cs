using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.IntegrationTests.Checks.Smtp;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.IntegrationTests.Checks.Tls;

/// <summary>The version matrix on real servers: OpenSSL's own, nginx and Postfix; rude ones are scripts.</summary>
public sealed class TlsVersionProbeTests : IDisposable
{
    private const string Host = "mail.good.example";
    private readonly TestCertificates _certificates = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _certificates.Dispose();

    public static TheoryData<string, string> OpenSslSettings() => new()
    {
        { "-tls1 -cipher DEFAULT:@SECLEVEL=0", "+ - - -" },
        { "-tls1_1 -cipher DEFAULT:@SECLEVEL=0", "- + - -" },
        { "-tls1_2", "- - + -" },
        { "-tls1_3", "- - - +" },
        { "-tls1_3 -groups P-384", "- - - +" },
        { "-min_protocol TLSv1 -max_protocol TLSv1.1 -cipher DEFAULT:@SECLEVEL=0", "+ + - -" },
        { "-min_protocol TLSv1 -max_protocol TLSv1.2 -cipher DEFAULT:@SECLEVEL=0", "+ + + -" },
        { "-min_protocol TLSv1 -cipher DEFAULT:@SECLEVEL=0", "+ + + +" },
        { "-min_protocol TLSv1.2", "- - + +" },
        { "-no_tls1_2 -min_protocol TLSv1 -cipher DEFAULT:@SECLEVEL=0", "+ + - +" },
    };

    [Theory]
    [MemberData(nameof(OpenSslSettings))]
    public async Task ProbeAsync_OpenSsl_OffersWhatItWasTold(string arguments, string offers)
    {
        await using var server = await OpenSslServer.StartAsync(_certificates.Issue(Host), arguments.Split(' '), cancellationToken: Token);

        var seen = await ProbeAsync(server.EndPoint, TlsPrelude.None);

        Assert.Equal(offers, Offers(seen));
        Assert.Equal((ConnectStatus.Connected, TlsPreludeEnd.Ready), (seen.Connect, seen.Prelude));
        Assert.Equal((true, 0), (seen.Best!.Certificate!.NameMatches, seen.Best.Certificate.ChainStatus.Length));
    }

    [Fact]
    public async Task ProbeAsync_Nginx_RefusesTheOld()
    {
        Assert.Equal("- - + +", Offers(await ProbeNginxAsync("TLSv1.2 TLSv1.3")));
    }

    [Fact]
    public async Task ProbeAsync_NginxAsItOnceWas_OffersTheOld()
    {
        Assert.Equal("+ + + -", Offers(await ProbeNginxAsync("TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers DEFAULT:@SECLEVEL=0")));
    }

    [Theory]
    [InlineData(">=TLSv1", "+ + + +")]
    [InlineData(">=TLSv1.2", "- - + +")]
    [InlineData(">=TLSv1.2, <=TLSv1.2", "- - + -")]
    public async Task ProbeAsync_PostfixByStartTls_OffersWhatItWasTold(string protocols, string offers)
    {
        var settings = new PostfixSettings
        {
            HostName = Host,
            Certificate = _certificates.Issue(Host),
            Parameters = new Dictionary<string, string> { ["smtpd_tls_protocols"] = protocols, ["tls_medium_cipherlist"] = "DEFAULT:@SECLEVEL=0" },
        };
        await using var postfix = await PostfixServer.StartAsync(settings, Token);

        Assert.Equal(offers, Offers(await ProbeAsync(postfix.EndPoint, TlsPrelude.Smtp)));

        // What the shared conversation showed is not asked again, and the answer is the same.
        var known = await new SmtpProbe(Connector(), new Port25Vantage(TimeProvider.System), Inspector(), new SmtpProbeOptions { Port = postfix.EndPoint.Port }, TimeProvider.System)
            .ProbeAsync(Host, postfix.EndPoint.Address, Token);
        var target = new TlsTarget(Host, postfix.EndPoint.Address, postfix.EndPoint.Port, TlsPrelude.Smtp) { Known = known };
        Assert.Equal(offers, Offers(await Probe().ProbeAsync(target, Token)));
    }

    [Fact]
    public async Task ProbeAsync_PostfixWithoutCertificate_OffersNoTls()
    {
        await using var postfix = await PostfixServer.StartAsync(new PostfixSettings { HostName = Host }, Token);

        var seen = await ProbeAsync(postfix.EndPoint, TlsPrelude.Smtp);

        Assert.Equal((TlsPreludeEnd.NotOffered, "? ? ? ?"), (seen.Prelude, Offers(seen)));
    }

    [Theory]
    [InlineData(TlsPrelude.Imap, "* OK ready\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK\r\n", "a2 STARTTLS", "a2 OK begin\r\n")]
    [InlineData(TlsPrelude.Pop3, "+OK ready\r\n", "-ERR what\r\n", "STLS", "+OK begin\r\n")]
    public async Task ProbeAsync_ImapAndPop3_SpeakBeforeTheHandshake(TlsPrelude prelude, string greeting, string capabilities, string command, string reply)
    {
        var certificate = _certificates.Issue(Host);
        await using var server = new LoopbackServer(async (stream, stop) =>
        {
            await LoopbackServer.SendAsync(stream, greeting, stop);
            await LoopbackServer.CommandAsync(stream, stop);
            await LoopbackServer.SendAsync(stream, capabilities, stop);
            Assert.Equal(command, await LoopbackServer.CommandAsync(stream, stop));
            await LoopbackServer.SendAsync(stream, reply, stop);
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate.Certificate, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 }, stop);
        });

        var seen = await ProbeAsync(new IPEndPoint(IPAddress.Loopback, server.Port), prelude);

        Assert.Equal("- - + +", Offers(seen));
        Assert.True(seen.Best!.Certificate!.NameMatches);
        Assert.Equal(3, server.Connections);
    }

    [Theory]
    [InlineData(TlsPrelude.Imap, "* OK ready\r\n", "* CAPABILITY IMAP4rev1\r\na1 OK\r\n", TlsPreludeEnd.NotOffered)]
    [InlineData(TlsPrelude.Imap, "* OK ready\r\n", "* CAPABILITY STARTTLS\r\na1 OK\r\n|a2 BAD what\r\n", TlsPreludeEnd.Refused)]
    [InlineData(TlsPrelude.Imap, "* OK ready\r\n", "* CAPABILITY STARTTLS\r\na1 OK\r\n|a2 OK begin\r\na3 OK injected\r\n", TlsPreludeEnd.Failed)]
    [InlineData(TlsPrelude.Imap, "* BYE busy\r\n", "", TlsPreludeEnd.Failed)]
    [InlineData(TlsPrelude.Pop3, "+OK ready\r\n", "-ERR what\r\n|-ERR what\r\n", TlsPreludeEnd.NotOffered)]
    [InlineData(TlsPrelude.Pop3, "SSH-2.0-x\r\n", "", TlsPreludeEnd.Failed)]
    [InlineData(TlsPrelude.Smtp, "554 go away\r\n", "", TlsPreludeEnd.Failed)]
    public async Task ProbeAsync_NoWayToTheHandshake_LeavesEverythingOpen(TlsPrelude prelude, string greeting, string replies, TlsPreludeEnd end)
    {
        await using var server = new LoopbackServer(async (stream, stop) =>
        {
            await LoopbackServer.SendAsync(stream, greeting, stop);
            foreach (var reply in replies.Split('|'))
            {
                await LoopbackServer.CommandAsync(stream, stop);
                await LoopbackServer.SendAsync(stream, reply, stop);
            }

            await LoopbackServer.CommandAsync(stream, stop);
        });

        var seen = await ProbeAsync(new IPEndPoint(IPAddress.Loopback, server.Port), prelude);

        Assert.Equal((end, "? ? ? ?"), (seen.Prelude, Offers(seen)));
        Assert.Null(seen.Best);
    }

    [Fact]
    public async Task ProbeAsync_HangsUpOnTheOld_DoesNotOfferThem()
    {
        var certificate = _certificates.Issue(Host);
        await using var server = new LoopbackServer(async (stream, stop) =>
        {
            var record = new byte[11];
            await stream.ReadExactlyAsync(record, stop);
            if (record[10] < 3)
            {
                return;
            }

            await using var tls = new SslStream(new Replayed(record, stream));
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate.Certificate, EnabledSslProtocols = SslProtocols.Tls12 }, stop);
        });

        Assert.Equal("- - + -", Offers(await ProbeAsync(new IPEndPoint(IPAddress.Loopback, server.Port), TlsPrelude.None)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("220 plain text and no TLS\r\n")]
    [InlineData("*")]
    public async Task ProbeAsync_NoTlsAtAll_EndsBoundedAndOpen(string said)
    {
        var endless = said == "*" ? new string('x', 4000) + "\r\n" : null;
        await using var server = new LoopbackServer(async (stream, stop) =>
        {
            do
            {
                await LoopbackServer.SendAsync(stream, endless ?? said, stop);
            }
            while (endless is not null && !stop.IsCancellationRequested);
        });

        foreach (var prelude in endless is null ? [TlsPrelude.None] : new[] { TlsPrelude.None, TlsPrelude.Imap, TlsPrelude.Pop3 })
        {
            var seen = await ProbeAsync(new IPEndPoint(IPAddress.Loopback, server.Port), prelude);

            Assert.DoesNotContain('+', Offers(seen));
            Assert.Null(seen.Best);
        }
    }

    [Fact]
    public async Task ProbeAsync_NothingListens_IsRefused()
    {
        var seen = await ProbeAsync(LoopbackPorts.Free(), TlsPrelude.None);

        Assert.Equal((ConnectStatus.Refused, "? ? ? ?"), (seen.Connect, Offers(seen)));
    }

    [Fact]
    public async Task ProbeAsync_Guarded_NeverConnects()
    {
        await using var server = new LoopbackServer((_, _) => Task.CompletedTask);
        var connector = new TcpConnector(AddressGuard.PublicOnly, TimeSpan.FromSeconds(5), TimeProvider.System);
        var probe = new TlsVersionProbe(connector, Inspector(), new SmtpProbeOptions(), TimeProvider.System);

        var seen = await probe.ProbeAsync(new TlsTarget(Host, IPAddress.Loopback, server.Port, TlsPrelude.None), Token);

        Assert.Equal((ConnectStatus.Guarded, 0), (seen.Connect, server.Connections));
    }

    /// <summary>What nginx serves over TLS does not matter here, so it has no site.</summary>
    private async Task<TlsVersionObservation> ProbeNginxAsync(string protocols)
    {
        using var folder = new ServerFolder("nginx");
        var (at, certificate) = (LoopbackPorts.Free(), _certificates.Issue(Host));
        var config = folder.Write("nginx.conf", $$"""
            error_log stderr;
            pid {{folder["nginx.pid"]}};
            worker_processes 1;
            events { worker_connections 64; }
            http {
                access_log off;
                {{string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(t => $"{t}_temp_path {folder.Make(t)};"))}}
                ssl_protocols {{protocols}};
                ssl_certificate {{folder.Write("chain.pem", certificate.ChainPem)}};
                ssl_certificate_key {{folder.Write("key.pem", certificate.KeyPem)}};
                server { listen {{at}} ssl; return 200; }
            }
            """);
        await using var nginx = await ServerProcess.StartAsync(
            "nginx",
            folder,
            ["/usr/sbin/nginx", "-p", folder.Path, "-c", config, "-g", "daemon off;"],
            _ => Task.FromResult(!LoopbackPorts.IsFree(at)),
            cancellationToken: Token);
        return await ProbeAsync(at, TlsPrelude.None);
    }

    private Task<TlsVersionObservation> ProbeAsync(IPEndPoint at, TlsPrelude prelude) =>
        Probe().ProbeAsync(new TlsTarget(Host, at.Address, at.Port, prelude), Token);

    private TlsVersionProbe Probe() => new(Connector(), Inspector(), new SmtpProbeOptions { HelloName = "probe.example" }, TimeProvider.System);

    private CertificateInspector Inspector() => new(TimeProvider.System, [_certificates.Authority]);

    private static TcpConnector Connector() => new(AddressGuard.AllowAll, TimeSpan.FromSeconds(5), TimeProvider.System);

    private static string Offers(TlsVersionObservation seen) =>
        string.Join(' ', seen.Offers.Select(o => o.Offered switch { true => "+", false => "-", null => "?" }));

    /// <summary>What was read to look at it, and then the rest.</summary>
    private sealed class Replayed(byte[] first, Stream rest) : MemoryStream
    {
        private readonly MemoryStream _first = new(first);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _first.Position < _first.Length ? await _first.ReadAsync(buffer, cancellationToken) : await rest.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => rest.WriteAsync(buffer, cancellationToken);
    }
}
