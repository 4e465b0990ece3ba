using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Smtp;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Fakes;

/// <summary>Runs one family over fakes.</summary>
public sealed record FamilyRun(FakeDns Dns)
{
    public PerfectSmtp Smtp { get; init; } = new();

    /// <summary>Web servers.</summary>
    public FakeHttp Http { get; init; } = new();

    /// <summary>Authorities for mark certificates.</summary>
    public X509Certificate2Collection? MarkRoots { get; init; }

    /// <summary>Versions of TLS.</summary>
    public FakeTls Tls { get; init; } = new();

    /// <summary>Ports of mail programs.</summary>
    public IServiceProbe Services { get; init; } = HostProbes.None.Services;

    public FakeTimeProvider Time { get; init; } = new(PerfectSmtp.Now);

    public IPort25Vantage Port25 { get; init; } = new FakePort25();

    public AuditTarget Target { get; init; } = new("example.test");

    public AuditOptions Options { get; init; } = new();

    public HostProbes Hosts { get; init; } = HostProbes.None;

    public Task<CheckOutcome> OfAsync(ICheckFamily family)
    {
        var token = TestContext.Current.CancellationToken;
        var context = new AuditContext(Target, Options, Dns, Smtp, Port25, new BlocklistSettings(), Time, token)
        {
            Hosts = Hosts with { Http = Http, MarkRoots = MarkRoots, Tls = Tls, Services = Services },
        };
        return family.RunAsync(context, token);
    }

    /// <summary>Codes with a severity of at least that, in order.</summary>
    public static string[] Codes(CheckOutcome outcome, Severity least = Severity.Notice) =>
        [.. outcome.Findings.Where(f => f.Severity >= least).Select(f => f.Code).Order(StringComparer.Ordinal)];

    /// <summary>The level of a subtest; "n/a" where it does not apply, null where it is open.</summary>
    public static string? Level(CheckOutcome outcome, string subtest) =>
        Assert.Single(outcome.Details.Grades, g => g.Subtest == subtest) is var grade && grade.IsApplicable ? grade.Level : "n/a";
}
