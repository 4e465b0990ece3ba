using System.Collections.Immutable;
using System.Security.Authentication;
using System.Text.Json;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Cli;
using MailDashboard.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Cli;

public class TlsCommandTests
{
    private const string Host = "mx.example.test";

    [Fact]
    public async Task Tls_JsonOfOnePort_HasTheContractsFields()
    {
        var tls = new FakeTls().At("192.0.2.1", 993);
        var services = new FakeServices().At("192.0.2.1", 993, o => o with { After = FakeServices.Offer("PLAIN", "SCRAM-SHA-256") with { HasPasswordCommand = true } });

        var (exit, output, error) = await RunAsync(Dns(), tls, services, "tls", $"{Host}:993", "--json");

        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        Assert.Equal((ExitCode.Good, ""), (exit, error));
        Assert.Equal((Host, "192.0.2.1", 993), (root.GetProperty("host").GetString(), root.GetProperty("address").GetString(), root.GetProperty("port").GetInt32()));
        Assert.Equal(
            ["TLS 1.0 False", "TLS 1.1 False", "TLS 1.2 True", "TLS 1.3 True"],
            root.GetProperty("versions").EnumerateArray().Select(v => $"{v.GetProperty("version").GetString()} {v.GetProperty("offered").GetBoolean()}"));
        var certificate = root.GetProperty("certificate");
        Assert.Equal($"CN={Host}", certificate.GetProperty("subject").GetString());
        Assert.Equal((60, 0.3333, true), (certificate.GetProperty("daysLeft").GetInt32(), certificate.GetProperty("lifetimeUsed").GetDouble(), certificate.GetProperty("nameMatches").GetBoolean()));
        Assert.Equal("* OK ready", root.GetProperty("greeting").GetString());
        Assert.Equal(2, root.GetProperty("capabilities").GetArrayLength());
        Assert.Equal(0, root.GetProperty("authBeforeTls").GetArrayLength());
        Assert.Equal(["PLAIN", "SCRAM-SHA-256", "LOGIN"], root.GetProperty("authAfterTls").EnumerateArray().Select(m => m.GetString()));
        Assert.Single(root.GetProperty("services").EnumerateArray());
        Assert.Equal((ClientProtocol.Imap, true), (Assert.Single(services.Asked).Protocol, services.Asked[0].ImplicitTls));
    }

    [Fact]
    public async Task Tls_WithoutPort_AsksEveryPortOfMail()
    {
        var tls = new FakeTls().At("192.0.2.1", 25).At("192.0.2.1", 993);

        var (exit, output, _) = await RunAsync(Dns(), tls, "tls", Host, "--json");

        using var json = JsonDocument.Parse(output);
        Assert.Equal(ExitCode.Good, exit);
        Assert.Equal([25, 465, 587, 993, 143, 995, 110], json.RootElement.GetProperty("services").EnumerateArray().Select(s => s.GetProperty("port").GetInt32()));
        Assert.False(json.RootElement.TryGetProperty("versions", out _));
        Assert.Equal(TlsPrelude.Smtp, tls.Asked.Single(t => t.Port == 25).Prelude);
    }

    [Theory]
    [InlineData("smtp", "25 587")]
    [InlineData("imap", "143")]
    [InlineData("POP3", "110")]
    public async Task Tls_StartTlsWithoutPort_AsksThePortsOfTheProtocol(string protocol, string ports)
    {
        var tls = new FakeTls();

        await RunAsync(Dns(), tls, "tls", Host, "--starttls", protocol);

        Assert.Equal(ports.Split(' ').Select(int.Parse), tls.Asked.Select(t => t.Port).Order());
        Assert.All(tls.Asked, t => Assert.Equal(protocol, t.Prelude.ToString(), ignoreCase: true));
    }

    public static TheoryData<int, Func<TlsVersionObservation, TlsVersionObservation>> Ends() => new()
    {
        { ExitCode.Good, o => o },
        { ExitCode.Bad, o => o with { Prelude = TlsPreludeEnd.NotOffered, Best = null, Offers = Open() } },
        { ExitCode.Bad, o => o with { Prelude = TlsPreludeEnd.Refused, Best = null, Offers = Open(), Failure = "454 no" } },
        { ExitCode.Bad, o => o with { Best = o.Best! with { Certificate = o.Best.Certificate! with { NotAfter = PerfectSmtp.Now.AddDays(-1) } } } },
        { ExitCode.Bad, o => o with { Best = o.Best! with { Certificate = o.Best.Certificate! with { NameMatches = false } } } },
        { ExitCode.Bad, o => o with { Best = o.Best! with { Certificate = o.Best.Certificate! with { ChainStatus = ["PartialChain"] } } } },
        { ExitCode.Bad, o => o with { Best = o.Best! with { Certificate = null } } },
        { ExitCode.Undetermined, o => new TlsVersionObservation(o.Target) { Connect = ConnectStatus.Refused } },
        { ExitCode.Undetermined, o => new TlsVersionObservation(o.Target) { Connect = ConnectStatus.TimedOut } },
        { ExitCode.Undetermined, o => new TlsVersionObservation(o.Target) { Prelude = TlsPreludeEnd.Failed, Failure = "SSH-2.0" } },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Tls_End_GivesItsExitStatus(int exit, Func<TlsVersionObservation, TlsVersionObservation> change)
    {
        var tls = new FakeTls().At("192.0.2.1", 25, change);

        Assert.Equal(exit, (await RunAsync(Dns(), tls, "tls", $"{Host}:25")).Exit);
        Assert.Equal(exit, (await RunAsync(Dns(), tls, "tls", $"{Host}:25", "--json")).Exit);
    }

    [Fact]
    public async Task Tls_OneAddressOfTwoUnreachable_IsGood()
    {
        var tls = new FakeTls().At("192.0.2.1", 25).At("2001:db8::1", 25, o => o with { Connect = ConnectStatus.Unreachable });

        var (exit, output, _) = await RunAsync(Dns().Aaaa(Host, "2001:db8::1"), tls, "tls", $"{Host}:25");

        Assert.Equal(ExitCode.Good, exit);
        Assert.Contains("unreachable from here", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "has no address")]
    [InlineData(true, "could not be found out")]
    public async Task Tls_HostWithoutAddress_Is2WithTheReason(bool fails, string reason)
    {
        var dns = fails ? new FakeDns().Fail(Host, DnsRecordType.A, DnsStatus.ServFail).Fail(Host, DnsRecordType.AAAA, DnsStatus.ServFail) : new FakeDns();

        var plain = await RunAsync(dns, new FakeTls(), "tls", $"{Host}:25");
        var json = await RunAsync(dns, new FakeTls(), "tls", $"{Host}:25", "--json");

        Assert.Equal((ExitCode.Undetermined, ExitCode.Undetermined), (plain.Exit, json.Exit));
        Assert.Contains(reason, plain.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json.Output);
        Assert.Contains(reason, document.RootElement.GetProperty("failure").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("address").ValueKind);
    }

    [Theory]
    [InlineData("192.0.2.7:465", "192.0.2.7", 465)]
    [InlineData("[2001:db8::7]:995", "2001:db8::7", 995)]
    [InlineData("localhost:2525", "127.0.0.1", 2525)]
    public async Task Tls_AddressesAndLocalhost_NeedNoDns(string typed, string address, int port)
    {
        var dns = new FakeDns();
        var tls = new FakeTls().At(address, port);

        Assert.Equal(ExitCode.Good, (await RunAsync(dns, tls, "tls", typed)).Exit);
        Assert.Empty(dns.Asked);
    }

    [Theory]
    [InlineData("tls")]
    [InlineData("tls example.org:0")]
    [InlineData("tls example.org:65536")]
    [InlineData("tls example.org:imap")]
    [InlineData("tls example.org:")]
    [InlineData("tls exa_mple..org:25")]
    [InlineData("tls [2001:db8::7:25")]
    [InlineData("tls example.org:25 --starttls ftp")]
    [InlineData("tls example.org:25 --starttls none")]
    [InlineData("tls example.org:25 --starttls 1")]
    [InlineData("tls 192.0.2:25")]
    public async Task Tls_WrongUsage_SaysInOneLineWhatIsRight(string line)
    {
        var (exit, output, error) = await RunAsync(new FakeDns(), new FakeTls(), line.Split(' '));

        Assert.Equal((ExitCode.Usage, ""), (exit, output));
        Assert.Contains("usage: maildash tls", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_Plain_ShowsMatrixAndCertificateOnce()
    {
        var tls = new FakeTls().Offers("192.0.2.1", 25, "++++").At("192.0.2.1", 465);

        var (_, output, _) = await RunAsync(Dns(), tls, "tls", Host);

        var lines = output.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains("25 192.0.2.1 yes yes yes yes valid, 60 days left (33 % used), TLS_AES_256_GCM_SHA384", lines);
        Assert.Contains("465 192.0.2.1 no no yes yes valid, 60 days left (33 % used), TLS_AES_256_GCM_SHA384", lines);
        Assert.Contains("110 192.0.2.1 - - - - connection refused", lines);
        Assert.Single(lines, l => l == "Certificate at port 25, 465");
    }

    [Fact]
    public async Task Tls_HostileText_CannotSteerTheTerminal()
    {
        var tls = new FakeTls()
            .Certificate("192.0.2.1", 25, c => c with { Subject = "CN=\u001b[31mx\r\n", Issuer = "CN=\u202Ey", Names = ["\u0007.example"], NameMatches = false })
            .At("192.0.2.1", 587, o => o with { Prelude = TlsPreludeEnd.Refused, Best = null, Offers = Open(), Failure = "454 \u001b]0;x\u0007" });

        var (_, output, _) = await RunAsync(Dns(), tls, "tls", Host);

        Assert.DoesNotContain(output.Replace("\n", "", StringComparison.Ordinal), c => char.IsControl(c) || c == '\u202E');
    }

    private static ImmutableArray<TlsOffer> Open() =>
        [.. new[] { TlsVersions.Tls10, TlsVersions.Tls11, SslProtocols.Tls12, SslProtocols.Tls13 }.Select(v => new TlsOffer(v, null))];

    private static FakeDns Dns() => new FakeDns().A(Host, "192.0.2.1");

    private static Task<(int Exit, string Output, string Error)> RunAsync(FakeDns dns, FakeTls tls, params string[] args) => RunAsync(dns, tls, new FakeServices(), args);

    private static async Task<(int Exit, string Output, string Error)> RunAsync(FakeDns dns, FakeTls tls, FakeServices services, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost(output, error, new FakeTimeProvider(PerfectSmtp.Now), (_, _, _) => Task.FromResult<IDnsResolver>(dns)) 
        {
            OpenHosts = (_, _) => HostProbes.None with { Tls = tls, Services = services },
        };
        var exit = await MaildashCommand.RunAsync(args, host);
        return (exit, output.ToString(), error.ToString());
    }
}
