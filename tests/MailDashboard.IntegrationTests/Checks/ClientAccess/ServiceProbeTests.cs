using System.Net;
using System.Net.Security;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.IntegrationTests.Checks.Smtp;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using static MailDashboard.IntegrationTests.Checks.Smtp.LoopbackServer;
using SmtpStage = MailDashboard.Checks.Probing.Smtp.SmtpStage;

namespace MailDashboard.IntegrationTests.Checks.ClientAccess;

/// <summary>Servers that do not behave: whatever they do costs bounded time and bytes, and is told as what it is.</summary>
public sealed class ServiceProbeTests : IDisposable
{
    private const string Host = "mail.good.example";

    private static readonly SmtpProbeOptions Patient = new()
    {
        HelloName = "probe.example",
        GreetingTimeout = TimeSpan.FromSeconds(20),
        StepTimeout = TimeSpan.FromSeconds(20),
        TotalTimeout = TimeSpan.FromSeconds(60),
    };

    // Only where the test is about waiting in vain.
    private static readonly SmtpProbeOptions Impatient = Patient with { GreetingTimeout = TimeSpan.FromMilliseconds(400), StepTimeout = TimeSpan.FromMilliseconds(600) };

    private readonly TestCertificates _certificates = new();

    public static TheoryData<ClientProtocol> Protocols => [.. Enum.GetValues<ClientProtocol>()];

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ProbeAsync_NeverGreets_EndsInTime(ClientProtocol protocol)
    {
        await using var server = new LoopbackServer((_, token) => Task.Delay(Timeout.Infinite, token));

        Assert.Equal((SmtpStage.Greeting, SmtpFailure.TimedOut, true), Told(await ProbeAsync(server, protocol, Impatient)));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ProbeAsync_DripsItsGreeting_EndsInTime(ClientProtocol protocol)
    {
        await using var server = new LoopbackServer(async (stream, token) =>
        {
            while (true)
            {
                await SendAsync(stream, "*", token);
                await Task.Delay(20, token);
            }
        });

        Assert.Equal((SmtpStage.Greeting, SmtpFailure.TimedOut, true), Told(await ProbeAsync(server, protocol, Impatient)));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ProbeAsync_EndlessLine_EndsBounded(ClientProtocol protocol)
    {
        await using var server = new LoopbackServer(async (stream, token) =>
        {
            while (true)
            {
                await SendAsync(stream, new string('x', 1000), token);
            }
        });

        var seen = await ProbeAsync(server, protocol, Patient);

        Assert.Equal((SmtpStage.Greeting, SmtpFailure.TooLong, true), Told(seen));
        Assert.All(seen.Conversation, l => Assert.InRange(l.Line.Length, 0, 1000));
    }

    [Theory]
    [InlineData(ClientProtocol.Submission, "220 hi\r\n", "250-more\r\n")]
    [InlineData(ClientProtocol.Imap, "* OK hi\r\n", "* 1 EXISTS\r\n")]
    [InlineData(ClientProtocol.Pop3, "+OK hi\r\n", "+OK\r\n")]
    public async Task ProbeAsync_FloodOfLines_EndsBounded(ClientProtocol protocol, string greeting, string line)
    {
        await using var server = new LoopbackServer(async (stream, token) =>
        {
            await SendAsync(stream, greeting, token);
            await CommandAsync(stream, token);
            while (true)
            {
                await SendAsync(stream, line, token);
            }
        });

        var seen = await ProbeAsync(server, protocol, Patient);

        Assert.Equal((SmtpStage.Hello, SmtpFailure.TooLong, true), Told(seen));
        Assert.InRange(seen.Conversation.Length, 1, 105);
    }

    [Theory]
    [InlineData(ClientProtocol.Submission, "", SmtpStage.Greeting, SmtpFailure.Closed)]
    [InlineData(ClientProtocol.Imap, "* OK half", SmtpStage.Greeting, SmtpFailure.Closed)]
    [InlineData(ClientProtocol.Submission, "220 hi\r\n", SmtpStage.Hello, SmtpFailure.Closed)]
    [InlineData(ClientProtocol.Imap, "* OK hi\r\n", SmtpStage.Hello, SmtpFailure.Closed)]
    [InlineData(ClientProtocol.Pop3, "+OK hi\r\n", SmtpStage.Hello, SmtpFailure.Closed)]
    [InlineData(ClientProtocol.Imap, "* BYE too many\r\n", SmtpStage.Rejected, SmtpFailure.Refused)]
    [InlineData(ClientProtocol.Pop3, "-ERR later\r\n", SmtpStage.Rejected, SmtpFailure.Refused)]
    [InlineData(ClientProtocol.Submission, "421 later\r\n", SmtpStage.Rejected, SmtpFailure.Refused)]
    public async Task ProbeAsync_HangsUp_SaysWhereAndMayBeAnotherTime(ClientProtocol protocol, string greeting, SmtpStage stage, SmtpFailure cause)
    {
        await using var server = new LoopbackServer((stream, token) => SendAsync(stream, greeting, token));

        Assert.Equal((stage, cause, true), Told(await ProbeAsync(server, protocol, Patient)));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ProbeAsync_SpeaksSomethingElse_IsForeignForGood(ClientProtocol protocol)
    {
        await using var server = new LoopbackServer((stream, token) => SendAsync(stream, "SSH-2.0-\u001b[31mx\r\n", token));

        var seen = await ProbeAsync(server, protocol, Patient);

        Assert.Equal((SmtpStage.Greeting, SmtpFailure.NotSmtp, false), Told(seen));
        Assert.Equal("SSH-2.0-\\x1B[31mx", seen.Failure);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ProbeAsync_ClearTextWhereTlsShouldBe_FailsTheHandshake(ClientProtocol protocol)
    {
        await using var server = new LoopbackServer(async (stream, token) =>
        {
            await SendAsync(stream, "* OK this is no TLS, whatever you may think of it\r\n", token);
            await CommandAsync(stream, token);
        });

        var seen = await ProbeAsync(server, protocol, Patient, implicitTls: true);

        Assert.Equal((SmtpStage.Handshake, SmtpFailure.Tls, false), Told(seen));
        Assert.False(seen.NeedsOldSoftware);
    }

    [Fact]
    public async Task ProbeAsync_NeverShakesHands_EndsInTime()
    {
        await using var server = new LoopbackServer((_, token) => Task.Delay(Timeout.Infinite, token));

        Assert.Equal((SmtpStage.Handshake, SmtpFailure.TimedOut, true), Told(await ProbeAsync(server, ClientProtocol.Imap, Impatient, implicitTls: true)));
    }

    [Theory]
    [InlineData(ClientProtocol.Submission, "220 hi\r\n", "250-hi\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n", "220 go\r\n", "250-hi\r\n250 AUTH PLAIN LOGIN\r\n")]
    [InlineData(ClientProtocol.Imap, "* OK hi\r\n", "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\na1 OK\r\n", "a2 OK go\r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN LOGINDISABLED\r\na1 OK\r\n")]
    [InlineData(ClientProtocol.Pop3, "+OK hi\r\n", "+OK\r\nSTLS\r\nSASL PLAIN\r\n.\r\n", "+OK go\r\n", "+OK\r\nSASL PLAIN LOGIN\r\n.\r\n")]
    public async Task ProbeAsync_StartTls_TellsBeforeAndAfter(ClientProtocol protocol, string greeting, string before, string go, string after)
    {
        var certificate = _certificates.Issue(Host).Certificate;
        var said = new List<string?>();
        await using var server = new LoopbackServer(async (stream, token) =>
        {
            await SendAsync(stream, greeting, token);
            said.Add(await CommandAsync(stream, token));
            await SendAsync(stream, before, token);
            said.Add(await CommandAsync(stream, token));
            await SendAsync(stream, go, token);
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, token);
            said.Add(await CommandAsync(tls, token));
            await SendAsync(tls, after, token);
            said.Add(await CommandAsync(tls, token));
        });

        var seen = await ProbeAsync(server, protocol, Patient);

        Assert.Equal((SmtpStage.Encrypted, SmtpFailure.None, false), Told(seen));
        Assert.Equal((true, true), (seen.Before!.HasStartTls, seen.Before.TakesClearSecrets));
        Assert.Equal(["PLAIN", "LOGIN"], seen.After!.Mechanisms);
        Assert.Equal((true, 0), (seen.Tls!.Certificate!.NameMatches, seen.Tls.Certificate.ChainStatus.Length));
        Assert.Equal(1, server.Connections);

        // Nothing that could be a name or a password.
        string[] harmless = ["EHLO probe.example", "a1 CAPABILITY", "CAPA", "STARTTLS", "a2 STARTTLS", "STLS", "QUIT", "a3 LOGOUT"];
        Assert.All(said, c => Assert.Contains(c, harmless));
    }

    [Fact]
    public async Task ProbeAsync_OldTlsOnly_IsToldFromAFailure()
    {
        await using var server = await OpenSslServer.StartAsync(_certificates.Issue(Host), ["-tls1", "-cipher", "DEFAULT:@SECLEVEL=0"], cancellationToken: TestContext.Current.CancellationToken);

        var seen = await Probe(Patient).ProbeAsync(new ServiceTarget(ClientProtocol.Imap, Host, server.EndPoint.Address, server.EndPoint.Port, ImplicitTls: true), TestContext.Current.CancellationToken);

        Assert.Equal((SmtpStage.Handshake, true), (seen.Stage, seen.NeedsOldSoftware));
        Assert.True(seen.Tls!.Certificate!.NameMatches);
    }

    [Fact]
    public async Task ProbeAsync_NothingListens_IsRefusedAndGuardedSendsNothing()
    {
        var free = LoopbackPorts.Free();
        var target = new ServiceTarget(ClientProtocol.Imap, Host, free.Address, free.Port, ImplicitTls: true);
        Assert.Equal(ConnectStatus.Refused, (await Probe(Patient).ProbeAsync(target, TestContext.Current.CancellationToken)).Connect);

        await using var server = new LoopbackServer((_, token) => Task.Delay(Timeout.Infinite, token));
        var guarded = new ServiceProbe(new TcpConnector(AddressGuard.PublicOnly, TimeSpan.FromSeconds(5), TimeProvider.System), new CertificateInspector(TimeProvider.System), Patient, TimeProvider.System);
        var seen = await guarded.ProbeAsync(target with { Port = server.Port }, TestContext.Current.CancellationToken);
        Assert.Equal((ConnectStatus.Guarded, 0), (seen.Connect, server.Connections));
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

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Probe(Patient).ProbeAsync(new ServiceTarget(ClientProtocol.Pop3, Host, IPAddress.Loopback, server.Port, ImplicitTls: false), cancel.Token));
    }

    private Task<ServiceObservation> ProbeAsync(LoopbackServer server, ClientProtocol protocol, SmtpProbeOptions options, bool implicitTls = false) =>
        Probe(options).ProbeAsync(new ServiceTarget(protocol, Host, IPAddress.Loopback, server.Port, implicitTls), TestContext.Current.CancellationToken);

    private ServiceProbe Probe(SmtpProbeOptions options) => new(
        new TcpConnector(AddressGuard.AllowAll, TimeSpan.FromSeconds(5), TimeProvider.System),
        new CertificateInspector(TimeProvider.System, [_certificates.Authority]),
        options,
        TimeProvider.System);

    private static (SmtpStage Stage, SmtpFailure Cause, bool IsTransient) Told(ServiceObservation seen) => (seen.Stage, seen.Cause, seen.IsTransient);
}
