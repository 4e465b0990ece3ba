namespace MailDashboard.IntegrationTests.Checks.Faults;

/// <summary>One thing wrong with SPF, or something that looks wrong and is not.</summary>
internal static class SpfFaults
{
    private static readonly string Ten = string.Join('\n', Enumerable.Range(1, 11).Select(i => $"i{i} TXT \"v=spf1 ip4:192.0.2.{i} -all\""));

    public static IEnumerable<FaultZone> All { get; } =
    [
        .. Right(),
        new("spf-none", "SPF001") { Spf = null, DnsOnlyStatus = 1 },
        new("spf-two", "SPF003") { More = "@ TXT \"v=spf1 ip4:192.0.2.1 -all\"", DnsOnlyStatus = 1 },
        Bad("spf-unknown-mechanism", "v=spf1 ipv4:192.0.2.1 -all", "SPF004"),
        Bad("spf-bad-address", "v=spf1 ip4:192.0.2.300 -all", "SPF004"),
        Bad("spf-bad-prefix", "v=spf1 mx/33 -all", "SPF004"),
        Bad("spf-empty-include", "v=spf1 include: -all", "SPF004"),
        Bad("spf-two-redirects", "v=spf1 redirect=i1.{d} redirect=i2.{d}", "SPF004"),
        Bad("spf-bad-macro", "v=spf1 exists:%{z}.{d} -all", "SPF004"),
        Bad("spf-all-with-name", "v=spf1 mx -all:{d}", "SPF004"),
        Bad("spf-not-ascii", "v=spf1 mx –all", "SPF005"),
        Bad("spf-eleven", $"v=spf1 {Includes(11)} -all", "SPF006"),
        Bad("spf-eleven-nested", "v=spf1 include:n1.{d} include:n2.{d} a mx -all", "SPF006") with
        {
            More = $"{Ten}\nn1 TXT \"v=spf1 include:i1.{{d}} include:i2.{{d}} include:i3.{{d}} -all\"\nn2 TXT \"v=spf1 include:i4.{{d}} include:i5.{{d}} include:i6.{{d}} include:i7.{{d}} -all\"\n@ A 127.0.7.10",
        },
        Bad("spf-three-void", "v=spf1 a:x1.{d} a:x2.{d} mx:x3.{d} mx -all", "SPF008"),
        Bad("spf-include-gone", "v=spf1 mx include:nowhere.{d} -all", "SPF009"),
        Bad("spf-include-empty", "v=spf1 mx include:empty.{d} -all", "SPF009") with { More = "empty TXT \"something else\"" },
        Bad("spf-redirect-gone", "v=spf1 mx redirect=nowhere.{d}", "SPF009"),
        Bad("spf-include-broken", "v=spf1 mx include:broken.{d} -all", "SPF010") with { More = "broken TXT \"v=spf1 ip4:1.2.3 -all\"" },
        Bad("spf-include-two", "v=spf1 mx include:two.{d} -all", "SPF010") with { More = "two TXT \"v=spf1 -all\"\ntwo TXT \"v=spf1 mx -all\"" },
        Bad("spf-loop", "v=spf1 mx include:a.{d} -all", "SPF011") with { More = "a TXT \"v=spf1 include:b.{d} -all\"\nb TXT \"v=spf1 include:a.{d} -all\"" },
        Bad("spf-self", "v=spf1 mx include:{d} -all", "SPF011"),
        Bad("spf-self-redirect", "v=spf1 mx redirect={d}", "SPF011"),
        Bad("spf-plus-all", "v=spf1 mx +all", "SPF012"),
        Bad("spf-bare-all", "v=spf1 mx all", "SPF012"),
        Bad("spf-everything", "v=spf1 ip4:0.0.0.0/0 -all", "SPF012"),
        Bad("spf-include-all", "v=spf1 mx include:open.{d} -all", "SPF012") with { More = "open TXT \"v=spf1 +all\"" },
        Warned("spf-wide", "v=spf1 ip4:11.0.0.0/8 -all", "SPF013"),
        Warned("spf-neutral", "v=spf1 mx ?all", "SPF014"),
        Warned("spf-no-all", "v=spf1 mx", "SPF015"),
        Warned("spf-behind-all", "v=spf1 mx -all ip4:192.0.2.1", "SPF017"),
        Warned("spf-redirect-beside-all", "v=spf1 mx -all redirect=i1.{d}", "SPF018"),
        Warned("spf-ptr", "v=spf1 mx ptr -all", "SPF019"),
        Bad("spf-blank-before", " v=spf1 mx -all", "SPF020"),
        Bad("spf-quoted", "\"v=spf1 mx -all\"", "SPF020"),
        Bad("spf-version", "v=spf10 mx -all", "SPF020"),
        Bad("spf-no-blank", "v=spf1mx -all", "SPF020"),
        Warned("spf-equals", "v=spf1 mx ip4=192.0.2.1 -all", "SPF026"),
        Bad("spf-many-exchanges", "v=spf1 mx:many.{d} mx -all", "SPF027") with
        {
            More = string.Join('\n', Enumerable.Range(1, 11).Select(i => $"many MX {i} m{i}.{{d}}.\nm{i} A 192.0.2.{i}")),
        },
    ];

    private static IEnumerable<FaultZone> Right() =>
    [
        new("spf-ten") { Spf = $"v=spf1 {Includes(10)} -all", More = Ten },
        new("spf-two-void") { Spf = "v=spf1 a:x1.{d} mx:x2.{d} mx -all" },
        new("spf-third-twice")
        {
            Spf = "v=spf1 include:n1.{d} include:n2.{d} mx -all",
            More = "n1 TXT \"v=spf1 include:i1.{d} -all\"\nn2 TXT \"v=spf1 include:i1.{d} -all\"\n" + Ten,
        },
        new("spf-redirected") { Spf = "v=spf1 redirect=i1.{d}", More = Ten },
        new("spf-macros") { Spf = "v=spf1 mx exists:%{ir}.%{l1r-}._spf.%{d2} -all" },
        new("spf-upper-case") { Spf = "V=SPF1 MX IP4:192.0.2.1 -ALL" },
        new("spf-softfail") { Spf = "v=spf1 mx ~all" },
        new("spf-unknown-modifier") { Spf = "v=spf1 mx foo=bar -all" },
        new("spf-explained") { Spf = "v=spf1 mx -all exp=why.{d}", More = "why TXT \"%{i} may not send for %{d}; ask us\"" },
        new("spf-long") { Spf = $"v=spf1 mx {string.Join(' ', Enumerable.Range(1, 24).Select(i => $"ip4:192.0.2.{i}"))} -all" },
        new("spf-in-strings") { Spf = null, More = "@ TXT \"v=spf1 m\" \"x -a\" \"ll\"" },
        new("spf-beside-others") { More = "@ TXT \"google-site-verification=abc\"\n@ TXT \"MS=ms123; semi\\; colon\"\n@ TXT \"v=verify1 x\"" },
        new("spf-bare-terms") { Spf = "v=spf1 a mx a/24 mx//64 ?include:i1.{d} -all", More = "@ A 127.0.7.10\n" + Ten },
        new("spf-trailing-dot") { Spf = "v=spf1 mx include:i1.{d}. -all", More = Ten },
        new("spf-wildcard-include") { Spf = "v=spf1 mx include:any.w.{d} -all", More = "*.w TXT \"v=spf1 ip4:192.0.2.9 -all\"" },
        new("spf-alias-include") { Spf = "v=spf1 mx include:al.{d} -all", More = "al CNAME i1\n" + Ten },
        new("spf-dname-include") { Spf = "v=spf1 mx include:i1.dn.{d} -all", More = "dn DNAME {d}.\n" + Ten },
        new("spf-huge-text") { More = "@ TXT " + string.Join(' ', Enumerable.Repeat("\"" + new string('x', 250) + "\"", 230)) },
    ];

    private static FaultZone Bad(string id, string spf, string code) => new(id, code) { Spf = spf, More = Ten, DnsOnlyStatus = 1 };

    private static FaultZone Warned(string id, string spf, string code) => new(id, code) { Spf = spf, More = Ten };

    private static string Includes(int count) => string.Join(' ', Enumerable.Range(1, count).Select(i => $"include:i{i}.{{d}}"));
}
