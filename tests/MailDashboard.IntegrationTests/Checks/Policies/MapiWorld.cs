using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.IntegrationTests.Servers.Web;

namespace MailDashboard.IntegrationTests.Checks.Policies;

/// <summary>One zone and one host for each fault, saying what the public protocol documents show of Autodiscover and MAPI over HTTP.</summary>
public sealed class MapiWorld : PolicyWorld
{
    private const string Path = "/autodiscover/autodiscover.xml";
    private const string RightAddress = $"https://autodiscover.right.example{Path}";
    private const string Bomb = "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><Autodiscover>&c;</Autodiscover>";

    protected override string Address => "127.0.9.11";

    protected override IEnumerable<KnotZone> Zones =>
    [
        .. Sites.Select(s => s.Name.Split('.')[1]).Where(n => n is not "default").Select(n => Zone(n)),
        Zone("nothing", host: ""),
        Zone("srv", host: "", more: "_autodiscover._tcp SRV 0 0 443 autodiscover.right.example.\n"),
        Zone("nowhere", host: "", more: "_autodiscover._tcp SRV 0 0 443 gone\n"),
        Zone("none", host: "", more: "_autodiscover._tcp SRV 0 0 0 .\n"),
        Zone("wildcard", host: "", more: "* A 127.0.9.11\n"),
        Zone("refused", host: "127.0.9.12", more: "_autodiscover._tcp SRV 0 0 443 autodiscover\n"),
        Zone("rude", host: "127.0.9.14"),
    ];

    protected override IReadOnlyList<NginxSite> Sites =>
    [
        new("www.default.example", Certificates.Issue("www.default.example")) { Plain = "return 404;" },
        Site("right", Login("Bearer", "Negotiate", "NTLM"), Login("Negotiate", "NTLM")),
        Site("moved", "return 302 " + RightAddress + ";"),
        Site("online", "return 404;", certificate: Certificates.Issue("www.online.example")) with { Plain = $"return 302 {RightAddress};" },
        Site("imap", Document("<Protocol><Type>IMAP</Type><Server>mx1.imap.example</Server><Port>993</Port><SSL>on</SSL></Protocol>")),
        Site("bogus", "return 302 " + RightAddress.Replace("right", "nosuch", StringComparison.Ordinal) + ";"),
        Site("missing", "return 404;"),
        Site("forbidden", "return 403;"),
        Site("toplain", "return 302 http://autodiscover.right.example/;"),
        Site("plainly", "return 404;") with { Plain = "return 302 http://autodiscover.right.example/;" },
        Site("loop", "return 302 $uri;"),
        Site("plainloop", "return 404;") with { Plain = $"return 302 https://autodiscover.loop.example{Path};" },
        Site("expired", "return 401;", certificate: Certificates.IssueExpired("autodiscover.expired.example")),
        Site("othername", "return 401;", certificate: Certificates.Issue("www.othername.example")),
        Site("selfsigned", "return 401;", certificate: Certificates.SelfSigned("autodiscover.selfsigned.example")),
        Site("unknown", "return 401;", certificate: Strangers.Issue("autodiscover.unknown.example")),
        Site("html", "default_type text/html; return 200 '<html>Welcome</html>';"),
        Site("bomb", $"default_type text/xml; return 200 '{Bomb}';"),
        Site("big", $"default_type text/xml; error_page 405 =200 /big.xml; return 405;") with { Files = new Dictionary<string, string> { ["/big.xml"] = "<Autodiscover>" + new string(' ', 70_000) + "</Autodiscover>" } },
        Site("unasked", "return 401;"),
        Site("digest", Login("Digest realm=x, nonce=y")),
        Site("password", Login("Basic realm=mail"), Login("Basic realm=mail")),
        Site("alsobasic", Login("Negotiate", "NTLM", "Basic realm=mail"), Login("Negotiate")),
        Site("told", Document("<Protocol Type=\"mapiHttp\"><MailStore><ExternalUrl>https://autodiscover.right.example/mapi/emsmdb/</ExternalUrl></MailStore></Protocol>")),
        Site("open", Login("Negotiate"), "default_type application/mapi-http; add_header X-ResponseCode 0; return 200 '';"),
        Site("nomapi", Login("Negotiate"), "return 404;"),
        Site("page", Login("Negotiate"), "default_type text/html; return 200 '<html/>';"),
        Site("busy", "return 503;"),
    ];

    private static KnotZone Zone(string name, string host = "127.0.9.11", string more = "") =>
        new($"{name}.example", $"@ MX 10 mx1\nmx1 A 192.0.2.1\n{(host.Length == 0 ? "" : $"autodiscover A {host}\n")}{more}");

    private static string Login(params string[] ways) => string.Concat(ways.Select(w => $"add_header WWW-Authenticate '{w}' always; ")) + "return 401;";

    private static string Document(string account) =>
        $"default_type text/xml; return 200 '<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\"><Response><Account>{account}</Account></Response></Autodiscover>';";

    private NginxSite Site(string name, string autodiscover, string mapi = "return 404;", TestCertificate? certificate = null) =>
        new($"autodiscover.{name}.example", certificate ?? Certificates.Issue($"autodiscover.{name}.example"))
        {
            Extra = $"location {Path} {{ {autodiscover} }} location /mapi/emsmdb/ {{ {mapi} }}",
        };
}
