using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.IntegrationTests.Servers;
using static MailDashboard.IntegrationTests.Checks.Smtp.LoopbackServer;

namespace MailDashboard.IntegrationTests.Checks.Smtp;

public sealed class SmtpProbeTests
{
    private static readonly SmtpProbeOptions Patient = new()
    {
        HelloName = "probe.example.test",
        GreetingTimeout = TimeSpan.FromSeconds(20),
        StepTimeout = TimeSpan.FromSeconds(20),
        TotalTimeout = TimeSpan.FromSeconds(60),
    };

    // Only where the test is about waiting in vain.
    private static readonly SmtpProbeOptions Impatient = Patient with { GreetingTimeout = TimeSpan.FromMilliseconds(400) };

    [Fact]
    public async Task ProbeAsync_GoodServer_DescribesTheSessionAndSaysGoodbye()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("mx.example.test");
        var script = new SmtpScript { Certificate = certificate, Greeting = "220-mx.example.test\r\n220-welcome\r\n220 ESMTP\r\n" };
        await using var server = new LoopbackServer(script.TalkAsync);

        var seen = await ProbeAsync(server, Patient with { LookForOldTls = false }, roots: [authority.Root]);

        Assert.Equal(SmtpStage.Encrypted, seen.Stage);
        Assert.Equal(3, seen.Greeting.Length);
        Assert.Equal(["SIZE 1000", "STARTTLS"], seen.Capabilities);
        Assert.Equal(["AUTH PLAIN"], seen.CapabilitiesAfterTls);
        Assert.Equal(SslProtocols.Tls13, seen.Tls!.Protocol);
        Assert.StartsWith("TLS_", seen.Tls.CipherSuite, StringComparison.Ordinal);
        Assert.True(seen.Tls.Certificate!.NameMatches);
        Assert.Empty(seen.Tls.Certificate.ChainStatus);
        Assert.Equal(["EHLO probe.example.test", "STARTTLS", "EHLO probe.example.test", "QUIT"], script.Commands);
    }

    [Fact]
    public async Task ProbeAsync_ModernServer_RefusesOldTls()
    {
        using var certificate = TestAuthority.SelfSigned("mx.example.test");
        await using var server = new LoopbackServer(new SmtpScript { Certificate = certificate }.TalkAsync);

        var seen = await ProbeAsync(server, Patient);

        Assert.Equal(SslProtocols.None, seen.OldTls);
        Assert.Equal(["UntrustedRoot"], seen.Tls!.Certificate!.ChainStatus);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task ProbeAsync_AddressAsHost_MatchesTheAddressInTheCertificate()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        await using var server = new LoopbackServer(new SmtpScript { Certificate = certificate }.TalkAsync);

        var seen = await ProbeAsync(server, Patient, host: "127.0.0.1", roots: [authority.Root]);

        Assert.True(seen.Tls!.Certificate!.NameMatches);
    }

    [Fact]
    public async Task ProbeAsync_NothingListens_IsRefused()
    {
        var seen = await Probe(Patient with { Port = LoopbackPorts.Free().Port }, null).ProbeAsync("mx.example.test", IPAddress.Loopback, TestContext.Current.CancellationToken);

        Assert.Equal((SmtpStage.Connecting, ConnectStatus.Refused, false), (seen.Stage, seen.Connect, seen.IsTransient));
    }

    [Fact]
    public async Task ProbeAsync_NeverGreets_EndsInTime()
    {
        await using var server = new LoopbackServer((_, token) => Task.Delay(Timeout.Infinite, token));

        var seen = await ProbeAsync(server, Impatient);

        Assert.Equal((SmtpStage.Greeting, SmtpFailure.TimedOut, true), (seen.Stage, seen.Cause, seen.IsTransient));
    }

    [Fact]
    public async Task ProbeAsync_DripsItsGreeting_EndsInTime()
    {
        await using var server = new LoopbackServer(async (stream, token) =>
        {
            while (true)
            {
                await SendAsync(stream, "2", token);
                await Task.Delay(20, token);
            }
        });

        var seen = await ProbeAsync(server, Impatient);

        Assert.Equal((SmtpStage.Greeting, SmtpFailure.TimedOut), (seen.Stage, seen.Cause));
    }

    [Theory]
    [InlineData("220-more and more\r\n")]
    [InlineData("no line end ")]
    public async Task ProbeAsync_EndlessBanner_EndsBounded(string piece)
    {
        await using var server = new LoopbackServer(async (stream, token) =>
        {
            while (true)
            {
                await SendAsync(stream, piece, token);
            }
        });

        var seen = await ProbeAsync(server, Patient);

        Assert.Equal((SmtpStage.Greeting, SmtpFailure.TooLong), (seen.Stage, seen.Cause));
        Assert.InRange(seen.Conversation.Length, 1, 101);
        Assert.All(seen.Conversation, l => Assert.InRange(l.Line.Length, 0, 1000));
    }

    [Theory]
    [InlineData("", SmtpFailure.Closed)]
    [InlineData("220 half a line", SmtpFailure.Closed)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", SmtpFailure.NotSmtp)]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", SmtpFailure.NotSmtp)]
    public async Task ProbeAsync_NoGreeting_SaysWhy(string sent, SmtpFailure cause)
    {
        await using var server = new LoopbackServer((stream, token) => SendAsync(stream, sent, token));

        var seen = await ProbeAsync(server, Patient);

        Assert.Equal((SmtpStage.Greeting, cause), (seen.Stage, seen.Cause));
    }

    [Theory]
    [InlineData("554 no service here\r\n", 554, false)]
    [InlineData("421-busy\r\n421 come back\r\n", 421, true)]
    public async Task ProbeAsync_Rejected_KeepsTheReply(string greeting, int code, bool transient)
    {
        await using var server = new LoopbackServer(new SmtpScript { Greeting = greeting }.TalkAsync);

        var seen = await ProbeAsync(server, Patient);

        Assert.Equal((SmtpStage.Rejected, code, transient), (seen.Stage, seen.RefusalCode, seen.IsTransient));
    }

    [Fact]
    public async Task ProbeAsync_OnlyHelo_HasNoCapabilities()
    {
        await using var server = new LoopbackServer(new SmtpScript { Ehlo = "502 what\r\n" }.TalkAsync);

        var seen = await ProbeAsync(server, Patient);

        Assert.Equal((SmtpStage.NoStartTls, true), (seen.Stage, seen.OnlyHelo));
    }

    [Fact]
    public async Task ProbeAsync_HelloRefused_KeepsTheCode()
    {
        await using var server = new LoopbackServer(new SmtpScript { Ehlo = "550 go away\r\n", Helo = "550 go away\r\n" }.TalkAsync);

        var seen = await ProbeAsync(server, Patient);

        Assert.Equal((SmtpStage.Hello, 550), (seen.Stage, seen.RefusalCode));
    }

    [Fact]
    public async Task ProbeAsync_StartTlsRefused_KeepsTheReply()
    {
        await using var server = new LoopbackServer(new SmtpScript { StartTls = "454 4.7.0 TLS not available\r\n" }.TalkAsync);

        var seen = await ProbeAsync(server, Patient);

        Assert.Equal((SmtpStage.StartTlsRefused, "454 4.7.0 TLS not available"), (seen.Stage, seen.Failure));
    }

    [Fact]
    public async Task ProbeAsync_BytesBeforeTheHandshake_StopsThere()
    {
        using var certificate = TestAuthority.SelfSigned("mx.example.test");
        var script = new SmtpScript { StartTls = "220 go ahead\r\n250 injected\r\n", Certificate = certificate };
        await using var server = new LoopbackServer(script.TalkAsync);

        var seen = await ProbeAsync(server, Patient);

        Assert.Equal((SmtpStage.Handshake, SmtpFailure.Buffered, true), (seen.Stage, seen.Cause, seen.BufferedBeforeTls));
        Assert.Null(seen.Tls);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task ProbeAsync_DropsMidHandshake_IsTransient()
    {
        await using var server = new LoopbackServer(new SmtpScript().TalkAsync);

        var seen = await ProbeAsync(server, Patient);

        Assert.Equal((SmtpStage.Handshake, SmtpFailure.Closed, true), (seen.Stage, seen.Cause, seen.IsTransient));
        Assert.Null(seen.OldTls);
    }

    [Fact]
    public async Task ProbeAsync_NoTlsBehindStartTls_FailsTheHandshake()
    {
        await using var server = new LoopbackServer(async (stream, token) =>
        {
            await SendAsync(stream, "220 hi\r\n", token);
            await CommandAsync(stream, token);
            await SendAsync(stream, "250-hi\r\n250 STARTTLS\r\n", token);
            await CommandAsync(stream, token);
            await SendAsync(stream, "220 go\r\n", token);
            await stream.ReadExactlyAsync(new byte[5], token);
            await SendAsync(stream, "500 5.5.1 what was that, I do not understand\r\n", token);
            await CommandAsync(stream, token);
        });

        var seen = await ProbeAsync(server, Patient);

        Assert.Equal((SmtpStage.Handshake, SmtpFailure.Tls, false), (seen.Stage, seen.Cause, seen.IsTransient));
    }

    [Fact]
    public async Task ProbeAsync_ControlCharacters_AreEscapedInTheTranscript()
    {
        await using var server = new LoopbackServer(new SmtpScript { Greeting = "220 a\x1b[31mred\0\x07\r\n", Ehlo = "250 x\r\n" }.TalkAsync);

        var seen = await ProbeAsync(server, Patient);

        Assert.Equal("220 a\\x1B[31mred\\x00\\x07", seen.Conversation[0].Line);
        Assert.Equal("220 a\\x1B[31mred\\x00\\x07", seen.Greeting[0]);
    }

    [Fact]
    public async Task ProbeAsync_CallerCancels_Throws()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new LoopbackServer(async (_, token) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Probe(Patient with { Port = server.Port, GreetingTimeout = TimeSpan.FromMinutes(1) }, null)
            .ProbeAsync("mx.example.test", IPAddress.Loopback, cancel.Token));
    }

    private static Task<SmtpObservation> ProbeAsync(LoopbackServer server, SmtpProbeOptions options, string host = "mx.example.test", X509Certificate2Collection? roots = null) =>
        Probe(options with { Port = server.Port }, roots).ProbeAsync(host, IPAddress.Loopback, TestContext.Current.CancellationToken);

    private static SmtpProbe Probe(SmtpProbeOptions options, X509Certificate2Collection? roots) =>
        new(new TcpConnector(AddressGuard.AllowAll, TimeSpan.FromSeconds(5), TimeProvider.System), new Port25Vantage(TimeProvider.System), new CertificateInspector(TimeProvider.System, roots), options, TimeProvider.System);
}
