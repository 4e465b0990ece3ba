namespace MailDashboard.Benchmarks.Dns;

/// <summary>A zone of many domains, each with records of its own and providers shared by all, as in an organisation.</summary>
internal static class ManyDomainsZone
{
    public static string Name(int i) => $"d{i}.bench.example";

    public static LoopbackZone Create(int domains)
    {
        var zone = new LoopbackZone()
            .Txt("_spf.provider.example", "v=spf1 include:_a.provider.example include:_b.provider.example -all")
            .Txt("_a.provider.example", "v=spf1 ip4:203.0.113.0/25 -all")
            .Txt("_b.provider.example", "v=spf1 ip4:203.0.113.128/25 -all");
        for (var i = 0; i < domains; i++)
        {
            var name = Name(i);
            var address = $"198.18.{i / 250 % 250}.{(i % 250) + 1}";
            zone.Mx(name, (10, $"mx1.{name}"), (20, $"mx2.{name}"))
                .A(name, address)
                .A($"mx1.{name}", address)
                .A($"mx2.{name}", $"198.19.{i / 250 % 250}.{(i % 250) + 1}")
                .Ptr(address, $"mx1.{name}")
                .Ptr($"198.19.{i / 250 % 250}.{(i % 250) + 1}", $"mx2.{name}")
                .Txt(name, "v=spf1 mx include:_spf.provider.example ~all", $"some-verification={i}")
                .Txt($"_dmarc.{name}", $"v=DMARC1; p=reject; rua=mailto:dmarc@{name}")
                .Txt($"s1._domainkey.{name}", DnsAuditBenchmark.Key);
        }

        return zone;
    }
}
