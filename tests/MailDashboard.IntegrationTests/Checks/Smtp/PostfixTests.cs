using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Checks.StartTls;
using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.IntegrationTests.Checks.Smtp;

/// <summary>A real Postfix as MX, right and with one fault each: that fault is named and no other.</summary>
public sealed class PostfixTests : IDisposable
{
    private const string Host = "mx.good.example";
    private static readonly Dictionary<string, string> Modern = new() { ["smtpd_tls_protocols"] = ">=TLSv1.2" };

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task Check_RightServer_SaysNothing() => Assert.Empty(await CodesAsync(_certificates.Issue(Host)));

    [Fact]
    public async Task Check_NoCertificate_StartTlsIsNotOffered() => Assert.Equal<string[]>(["STL005"], await CodesAsync(null));

    [Fact]
    public async Task Check_Expired_IsNamedAlone() => Assert.Equal<string[]>(["STL011"], await CodesAsync(_certificates.IssueExpired(Host)));

    [Fact]
    public async Task Check_SelfSigned_IsNamedAlone() => Assert.Equal<string[]>(["STL013"], await CodesAsync(_certificates.SelfSigned(Host)));

    [Fact]
    public async Task Check_OtherName_IsNamedAlone() => Assert.Equal<string[]>(["STL016"], await CodesAsync(_certificates.Issue("www.good.example")));

    [Fact]
    public async Task Check_OtherAuthority_IsNamedAlone()
    {
        using var other = new TestCertificates(name: "Somebody else");

        Assert.Equal<string[]>(["STL014"], await CodesAsync(other.Issue(Host)));
    }

    [Fact]
    public async Task Check_LeafWithoutItsIssuer_IsNamedAlone()
    {
        using var other = new TestCertificates(name: "Somebody else");
        var issued = other.Issue(Host);

        Assert.Equal<string[]>(["STL015"], await CodesAsync(issued with { ChainPem = issued.Certificate.ExportCertificatePem() }));
    }

    [Fact]
    public async Task Check_AsPostfixIsByDefault_AcceptsOldTls() => Assert.Equal<string[]>(["STL010"], await CodesAsync(_certificates.Issue(Host), new()
    {
        // What Postfix 3.7 has where nothing is set; the fixture is stricter.
        ["smtpd_tls_protocols"] = ">=TLSv1",
    }));

    [Fact]
    public async Task Check_OnlyOldTls_IsNamedAlone() => Assert.Equal<string[]>(["STL009"], await CodesAsync(_certificates.Issue(Host), new()
    {
        ["smtpd_tls_protocols"] = "<=TLSv1.1",
        ["smtpd_tls_ciphers"] = "medium",
        ["tls_medium_cipherlist"] = "DEFAULT:@SECLEVEL=0",
    }));

    [Fact]
    public async Task Check_NoTls13_IsInformation() =>
        Assert.Equal<string[]>(["STL021"], await CodesAsync(_certificates.Issue(Host), new() { ["smtpd_tls_protocols"] = ">=TLSv1.2, <=TLSv1.2" }));

    [Fact]
    public async Task Check_KeyOfAnotherCertificate_StartTlsCannotBeHad()
    {
        var codes = await CodesAsync(_certificates.Issue(Host) with { KeyPem = _certificates.Issue(Host).KeyPem });

        Assert.Contains(Assert.Single(codes), new[] { "STL005", "STL006" });
    }

    private async Task<string[]> CodesAsync(TestCertificate? certificate, Dictionary<string, string>? parameters = null)
    {
        var token = TestContext.Current.CancellationToken;
        var settings = new PostfixSettings { HostName = Host, Certificate = certificate, Parameters = parameters ?? Modern };
        await using var postfix = await PostfixServer.StartAsync(settings, token);
        var probe = new SmtpProbe(
            new TcpConnector(AddressGuard.AllowAll, TcpConnector.DefaultTimeout, TimeProvider.System),
            new Port25Vantage(TimeProvider.System),
            new CertificateInspector(TimeProvider.System, [_certificates.Authority]),
            new SmtpProbeOptions { Port = postfix.EndPoint.Port, HelloName = "probe.example" },
            TimeProvider.System);

        var seen = await probe.ProbeAsync(Host, postfix.EndPoint.Address, token);
        var outcome = StartTlsAnalyzer.Analyze(Observation(seen));

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Undetermined);
        return [.. outcome.Findings.Select(f => f.Code)];
    }

    private static StartTlsObservation Observation(SmtpObservation seen)
    {
        DnsAnswer Answer(string name, DnsRecordType type, params ImmutableArray<DnsRecord> records) =>
            new(new DnsQuestion(name, type), records.IsEmpty ? DnsStatus.NoData : DnsStatus.Answered) { Records = records };

        var host = new MxHost(Host, 10, Answer(Host, DnsRecordType.A, new AddressRecord(Host, 60, seen.Address)), Answer(Host, DnsRecordType.AAAA));
        var targets = new MxTargets(Answer("good.example", DnsRecordType.MX, new MxRecord("good.example", 60, 10, Host)), [host], IsImplicit: false, 0);
        return new StartTlsObservation("good.example", Receives: true, targets, [new MxProbe(Host, IPAddress.Loopback, seen)], TimeProvider.System.GetUtcNow(), HasMtaSts: false);
    }
}
