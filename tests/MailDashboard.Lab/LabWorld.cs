using System.Globalization;

namespace MailDashboard.Lab;

/// <summary>The lab's domains: right, faulty in one way each, listed, slow, dead.</summary>
public static class LabWorld
{
    public static IReadOnlyList<LabDomain> Domains { get; } =
    [
        new("good.example", "everything is right, signed with DNSSEC")
        {
            Signed = true,
            More = "mx A 127.0.1.10",
        },
        new("parked.example", "sends and receives nothing, and says so") { Mx = "0 .", Spf = "v=spf1 -all", Dkim = null, Dmarc = "v=DMARC1; p=reject" },

        new("nospf.example", "no SPF record") { Spf = null },
        new("two-spf.example", "two SPF records") { More = "@ TXT \"v=spf1 ip4:127.0.1.11 -all\"" },
        new("spf-loop.example", "an include that leads back to itself")
        {
            Spf = "v=spf1 include:a.spf-loop.example -all",
            More = "a TXT \"v=spf1 include:spf-loop.example -all\"",
        },
        new("toomany.example", "more than ten look-ups in SPF")
        {
            Spf = $"v=spf1 {string.Join(' ', Enumerable.Range(1, 12).Select(number => $"include:s{number}.toomany.example"))} -all",
            More = string.Join('\n', Enumerable.Range(1, 12).Select(number => $"s{number} TXT \"v=spf1 ip4:192.0.2.{number} -all\"")),
        },
        new("plus-all.example", "SPF that lets everybody send") { Spf = "v=spf1 ip4:127.0.1.10 +all" },
        new("spf-typo.example", "SPF with a syntax error") { Spf = "v=spf1 ipv4:127.0.1.10 -all" },

        new("weak-dkim.example", "a DKIM key of 1024 bits (selector lab)") { Dkim = LabKeys.Short },
        new("tiny-dkim.example", "a DKIM key of 512 bits, which nobody accepts (selector lab)") { Dkim = LabKeys.TooShort },
        new("testing-dkim.example", "a DKIM key in testing mode (selector lab)") { Dkim = LabKeys.Testing },
        new("revoked-dkim.example", "a revoked DKIM key (selector lab)") { Dkim = LabKeys.Revoked },
        new("nodkim.example", "no DKIM key") { Dkim = null },

        new("nodmarc.example", "no DMARC record") { Dmarc = null },
        new("dmarc-none.example", "DMARC that asks for nothing") { Dmarc = "v=DMARC1; p=none; rua=mailto:dmarc@{domain}" },
        new("dmarc-typo.example", "DMARC with a policy that does not exist") { Dmarc = "v=DMARC1; p=rejct" },

        new("nomx.example", "no MX record and no address") { Mx = null },
        new("dangling-mx.example", "MX names a host that does not exist") { Mx = "10 gone.dangling-mx.example." },
        new("alias-mx.example", "MX names an alias") { Mx = "10 mail.alias-mx.example.", More = "mail CNAME mx.good.example." },
        new("literal-mx.example", "MX is an address instead of a name") { Mx = "10 127.0.1.10." },
        new("unreachable.example", "nothing listens at its MX") { Mx = "10 mx.unreachable.example.", More = "mx A 127.0.1.99" },
        new("silent-mx.example", "its mail server accepts connections and never greets") { Mx = "10 mx.silent-mx.example.", More = "mx A 127.0.1.31" },

        new("no-ptr.example", "its mail server has no reverse name") { Mx = "10 mx.no-ptr.example.", Spf = "v=spf1 ip4:127.0.1.15 -all", More = "mx A 127.0.1.15" },
        new("wrong-ptr.example", "the reverse name of its mail server leads elsewhere") { Mx = "10 mx.wrong-ptr.example.", Spf = "v=spf1 ip4:127.0.1.16 -all", More = "mx A 127.0.1.16" },

        new("expired-cert.example", "its certificate ended yesterday") { Mx = "10 mx.expired-cert.example.", Spf = "v=spf1 ip4:127.0.1.11 -all", More = "mx A 127.0.1.11" },
        new("self-signed.example", "its certificate is signed by itself") { Mx = "10 mx.self-signed.example.", Spf = "v=spf1 ip4:127.0.1.12 -all", More = "mx A 127.0.1.12" },
        new("wrong-name.example", "its certificate is for another name") { Mx = "10 mx.wrong-name.example.", Spf = "v=spf1 ip4:127.0.1.13 -all", More = "mx A 127.0.1.13" },
        new("no-starttls.example", "its mail server offers no STARTTLS") { Mx = "10 mx.no-starttls.example.", Spf = "v=spf1 ip4:127.0.1.14 -all", More = "mx A 127.0.1.14" },

        new("old-tls.example", "its mail server still accepts TLS 1.0 and 1.1") { Mx = "10 mx.old-tls.example.", Spf = "v=spf1 ip4:127.0.1.17 -all", More = "mx A 127.0.1.17" },

        new("listed.example", "its server and its name are on blocklists") { Mx = "10 mx.listed.example.", Spf = "v=spf1 ip4:127.0.1.20 -all", More = "mx A 127.0.1.20" },

        new("slow.example", "its DNS answers after 1.5 s each time") { BehindRelay = true },
        new("dead.example", "its DNS never answers") { BehindRelay = true },
        new("broken.example", "its DNS answers SERVFAIL") { BehindRelay = true },
        new("bogus.example", "its DNSSEC signatures do not fit its key") { Signed = true },

        new("lab.example", "home of the lab's own servers") { More = "smtp A 127.0.0.1" },
    ];

    /// <summary>The last number of each mail server's address, and its own name where it has one.</summary>
    public static IReadOnlyDictionary<int, string> ReverseNames { get; } = new Dictionary<int, string>
    {
        [10] = "mx.good.example",
        [11] = "mx.expired-cert.example",
        [12] = "mx.self-signed.example",
        [13] = "mx.wrong-name.example",
        [14] = "mx.no-starttls.example",
        [16] = "somewhere.good.example",
        [17] = "mx.old-tls.example",
        [20] = "mx.listed.example",
        [31] = "mx.silent-mx.example",
        [99] = "mx.unreachable.example",
    };

    public static string ReverseRecords() =>
        string.Join('\n', ReverseNames.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} PTR {pair.Value}.")));
}
