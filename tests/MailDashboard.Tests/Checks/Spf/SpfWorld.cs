using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Spf;

/// <summary>A domain with what its record may refer to.</summary>
internal static class SpfWorld
{
    public const string Domain = "example.org";

    /// <summary>Everything that a right record of these tests names.</summary>
    public static FakeDns With(params string[] records) => new FakeDns()
        .Txt(Domain, records)
        .A(Domain, "192.0.2.1")
        .Mx(Domain, (10, "mx.example.org"))
        .A("mx.example.org", "192.0.2.2")
        .Txt("spf.example.net", "v=spf1 ip4:198.51.100.0/24 -all");

    public static async Task<SpfObservation> ObserveAsync(FakeDns dns, MailRoles? roles = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        return new SpfObservation(
            Domain,
            roles ?? MailRoles.Both,
            await dns.QueryAsync(Domain, DnsRecordType.TXT, cancellation),
            await SpfTreeWalker.WalkAsync(dns, Domain, cancellation),
            [IPAddress.Parse("192.0.2.25")]);
    }

    public static async Task<CheckOutcome> JudgeAsync(FakeDns dns, MailRoles? roles = null) => SpfAnalyzer.Analyze(await ObserveAsync(dns, roles));

    public static ValueTask<SpfEvaluation> CheckAsync(IDnsResolver dns, string ip, string from = "user@example.org", string helo = "helo.example.com") =>
        new SpfEvaluator(dns, TimeProvider.System).CheckHostAsync(SpfRequest.For(IPAddress.Parse(ip), helo, from), TestContext.Current.CancellationToken);
}
