using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.IntegrationTests.Checks.Faults;

/// <summary>One thing wrong with the TLSA records of a signed zone, or something that looks wrong and is not.</summary>
internal static class DaneFaults
{
    /// <summary>Has a certificate for every zone here, and STARTTLS.</summary>
    public const string Host = "dane";

    private const string OtherHost = "danenone";

    private static readonly TestCertificates Strangers = new(name: "An authority nobody asked");
    private static readonly TestCertificate Next = Strangers.Issue("mx.dane-right.example");

    /// <summary>Issued the certificate of <see cref="Host"/>.</summary>
    public static TestCertificates Authority { get; } = new(name: "An authority for DANE");

    public static IReadOnlyList<FaultZone> All { get; } = [.. Zones()];

    public static TestCertificate Certificate { get; } = Authority.Issue([.. All.Select(z => $"mx.{z.Domain}")]);

    private static IEnumerable<FaultZone> Zones() =>
    [
        Zone("dane-right", "3 1 1 {key}"),
        Zone("dane-without"),
        Zone("dane-sha512", "3 1 2 {key512}"),
        Zone("dane-whole-certificate", "3 0 1 {certificate}"),
        Zone("dane-authority", "2 0 1 {authority}"),
        Zone("dane-roll-over", "3 1 1 {key}", "3 1 1 {next}"),
        Zone("dane-authority-and-next", "2 0 1 {authority}", "3 1 1 {next}"),
        Zone("dane-beside-unusable", "3 1 1 {key}", "1 1 1 {key}"),
        Zone("dane-alias") with { More = $"mx A 127.0.7.{FaultServers.Hosts[Host]}\n_25._tcp.mx CNAME tlsa\ntlsa TLSA 3 1 1 {{key}}" },

        Fault("dane-mismatch", "DAN006", "3 1 1 {next}"),
        Fault("dane-mismatch-two", "DAN006", "3 1 1 {next}", "2 1 1 {next}"),
        Fault("dane-authority-as-server", "DAN006", "3 0 1 {authority}"),
        Fault("dane-server-as-authority", "DAN006", "2 1 1 {key}"),
        Fault("dane-weaker-fits", "DAN014", "3 1 1 {key}", "3 1 2 {next512}"),
        Zone("dane-unusable", "1 1 1 {key}") with { Codes = ["DAN008"] },
        Zone("dane-too-short", "3 1 1 {short}") with { Codes = ["DAN008"] },
        Zone("dane-no-encryption", "3 1 1 {key}") with { Codes = ["STL005", "DAN007"], More = Lines(OtherHost, ["3 1 1 {key}"]) },
    ];

    /// <summary>The digests that stand in a zone's text.</summary>
    public static string Fill(string text) => text
        .Replace("{key512}", Data(Certificate, 1, 2), StringComparison.Ordinal)
        .Replace("{key}", Data(Certificate, 1, 1), StringComparison.Ordinal)
        .Replace("{certificate}", Data(Certificate, 0, 1), StringComparison.Ordinal)
        .Replace("{authority}", TlsaText.Of(Authority.Authority, 2, 0, 1)[6..], StringComparison.Ordinal)
        .Replace("{next512}", Data(Next, 1, 2), StringComparison.Ordinal)
        .Replace("{next}", Data(Next, 1, 1), StringComparison.Ordinal)
        .Replace("{short}", Data(Certificate, 1, 1)[..40], StringComparison.Ordinal);

    private static FaultZone Fault(string id, string code, params string[] records) => Zone(id, records) with { Codes = [code] };

    private static FaultZone Zone(string id, params string[] records) => new(id)
    {
        IsSigned = true,
        Mx = "@ MX 10 mx",
        More = Lines(Host, records),
    };

    private static string Lines(string host, string[] records) =>
        string.Join('\n', records.Select(r => $"_25._tcp.mx TLSA {r}").Prepend($"mx A 127.0.7.{FaultServers.Hosts[host]}"));

    private static string Data(TestCertificate certificate, int selector, int matching) => TlsaText.Of(certificate.Certificate, 3, selector, matching)[6..];
}
