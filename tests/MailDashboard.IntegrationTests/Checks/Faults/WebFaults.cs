using System.Net;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.IntegrationTests.Servers.Web;

namespace MailDashboard.IntegrationTests.Checks.Faults;

/// <summary>One thing wrong on Outlook's way to Exchange.</summary>
internal static class WebFaults
{
    /// <summary>Where every web server of a zone is.</summary>
    public static readonly IPEndPoint At = new(IPAddress.Parse("127.0.7.50"), 443);

    private const string Login = "add_header WWW-Authenticate Negotiate always; return 401;";

    private static readonly (FaultZone Zone, string Says)[] Servers =
    [
        (Zone("mapi-right"), Login),
        (Zone("mapi-missing", "MAP004"), "return 404;"),
        (Zone("mapi-plain", "MAP005"), "return 302 http://autodiscover.mapi-right.example/;"),
        (Zone("mapi-round", "MAP006"), "return 302 $uri;"),
        (Zone("mapi-expired", "MAP007"), Login),
        (Zone("mapi-page", "MAP011"), "return 200 hello;"),
        (Zone("mapi-unasked", "MAP012"), "return 401;"),
        (Zone("mapi-password", "MAP013"), "add_header WWW-Authenticate 'Basic realm=mail' always; return 401;"),
    ];

    public static IEnumerable<FaultZone> All { get; } =
    [
        .. Servers.Select(s => s.Zone),
        Zone("mapi-nowhere", "MAP002") with { More = "_autodiscover._tcp SRV 0 0 443 gone\n" },
        Zone("mapi-refused", "MAP003") with { More = "_autodiscover._tcp SRV 0 0 443 refused.hosts.example.\n" },
    ];

    public static IReadOnlyList<NginxSite> Sites(TestCertificates certificates) =>
    [
        .. Servers.Select(s => new NginxSite(Name(s.Zone), s.Zone.Id == "mapi-expired" ? certificates.IssueExpired(Name(s.Zone)) : certificates.Issue(Name(s.Zone)))
        {
            Extra = $"location / {{ {s.Says} }}",
        }),
    ];

    private static string Name(FaultZone zone) => $"autodiscover.{zone.Domain}";

    private static FaultZone Zone(string id, params string[] codes) => new(id, codes) { More = $"_autodiscover._tcp SRV 0 0 443 autodiscover\nautodiscover A {At.Address}\n" };
}
