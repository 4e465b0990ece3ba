using MailDashboard.Web.Toolbox;

namespace MailDashboard.Tests.Web.Toolbox;

public class ToolboxInputTests
{
    private const string Key = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA";

    private const string LongKey = Key + Key + Key;

    [Theory]
    [InlineData("", ToolboxKind.Empty, "")]
    [InlineData("   \n ", ToolboxKind.Empty, "")]
    [InlineData("example.org", ToolboxKind.Name, "example.org")]
    [InlineData("  Example.ORG. ", ToolboxKind.Name, "example.org")]
    [InlineData("\"mx1.example.org\"", ToolboxKind.Name, "mx1.example.org")]
    [InlineData("bücher.example", ToolboxKind.Name, "xn--bcher-kva.example")]
    [InlineData("_dmarc.example.org", ToolboxKind.DnsName, "_dmarc.example.org")]
    [InlineData("s1._domainkey.example.org.", ToolboxKind.DnsName, "s1._domainkey.example.org")]
    [InlineData("mx1.example.org:25", ToolboxKind.Service, "mx1.example.org:25")]
    [InlineData("192.0.2.10:587", ToolboxKind.Service, "192.0.2.10:587")]
    [InlineData("[2001:db8::1]:993", ToolboxKind.Service, "[2001:db8::1]:993")]
    [InlineData("192.0.2.10", ToolboxKind.Address, "192.0.2.10")]
    [InlineData("[192.0.2.10]", ToolboxKind.Address, "192.0.2.10")]
    [InlineData("2001:DB8::1", ToolboxKind.Address, "2001:db8::1")]
    [InlineData("[IPv6:2001:db8::1]", ToolboxKind.Address, "2001:db8::1")]
    [InlineData("127.1", ToolboxKind.Unknown, "127.1")]
    [InlineData("1", ToolboxKind.Unknown, "1")]
    [InlineData("ada@example.org", ToolboxKind.Mailbox, "ada@example.org")]
    [InlineData("<Ada@Example.org>", ToolboxKind.Mailbox, "Ada@example.org")]
    [InlineData("mailto:ada@example.org?subject=x", ToolboxKind.Mailbox, "ada@example.org")]
    [InlineData("https://www.example.org/a?b=c", ToolboxKind.Url, "www.example.org")]
    [InlineData("https://192.0.2.10/", ToolboxKind.Address, "192.0.2.10")]
    [InlineData("https://[2001:db8::1]/", ToolboxKind.Address, "2001:db8::1")]
    [InlineData("v=spf1 mx -all", ToolboxKind.SpfRecord, "v=spf1 mx -all")]
    [InlineData("V=SPF1 -all", ToolboxKind.SpfRecord, "V=SPF1 -all")]
    [InlineData("\"v=spf1 include:a.example \" \"-all\"", ToolboxKind.SpfRecord, "v=spf1 include:a.example -all")]
    [InlineData("v=DMARC1; p=none", ToolboxKind.DmarcRecord, "v=DMARC1; p=none")]
    [InlineData("v = DMARC1; p=none", ToolboxKind.DmarcRecord, "v = DMARC1; p=none")]
    [InlineData("v=DKIM1; k=rsa; p=" + Key, ToolboxKind.DkimRecord, "v=DKIM1; k=rsa; p=" + Key)]
    [InlineData("k=rsa; p=" + Key, ToolboxKind.DkimRecord, "k=rsa; p=" + Key)]
    [InlineData("p=" + Key, ToolboxKind.DkimRecord, "p=" + Key)]
    [InlineData("v=STSv1; id=1", ToolboxKind.MtaStsRecord, "v=STSv1; id=1")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 86400", ToolboxKind.MtaStsPolicy, "version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 86400")]
    [InlineData("v=BIMI1; l=https://example.org/l.svg", ToolboxKind.BimiRecord, "v=BIMI1; l=https://example.org/l.svg")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.org", ToolboxKind.TlsRptRecord, "v=TLSRPTv1; rua=mailto:a@example.org")]
    [InlineData("550 5.7.1 refused", ToolboxKind.Reply, "550 5.7.1 refused")]
    [InlineData("550-5.7.26 a\n550 5.7.26 b", ToolboxKind.Reply, "550-5.7.26 a\n550 5.7.26 b")]
    [InlineData("status=bounced (host mx said: 550 no)", ToolboxKind.Reply, "status=bounced (host mx said: 550 no)")]
    [InlineData("Received: by x\nFrom: a@example.org", ToolboxKind.Header, "Received: by x\nFrom: a@example.org")]
    [InlineData("From: a@example.org\nTo: b@example.org\nDiagnostic-Code: smtp; 550 no", ToolboxKind.Reply, "From: a@example.org\nTo: b@example.org\nDiagnostic-Code: smtp; 550 no")]
    [InlineData("Ada Lovelace <Ada@Example.org>", ToolboxKind.Mailbox, "Ada@example.org")]
    [InlineData("spf1 mx -all", ToolboxKind.SpfRecord, "spf1 mx -all")]
    [InlineData("p=reject; v=DMARC1", ToolboxKind.DmarcRecord, "p=reject; v=DMARC1")]
    [InlineData("mode: enforce\nmx: mx.example.org\nmax_age: 86400", ToolboxKind.MtaStsPolicy, "mode: enforce\nmx: mx.example.org\nmax_age: 86400")]
    [InlineData(LongKey, ToolboxKind.DkimRecord, "v=DKIM1; k=rsa; p=" + LongKey)]
    [InlineData("-----BEGIN PUBLIC KEY-----\n" + LongKey + "\n-----END PUBLIC KEY-----", ToolboxKind.DkimRecord, "v=DKIM1; k=rsa; p=" + LongKey)]
    [InlineData("hello", ToolboxKind.Unknown, "hello")]
    [InlineData("what is wrong with example.org?", ToolboxKind.Unknown, "what is wrong with example.org?")]
    [InlineData("com", ToolboxKind.Unknown, "com")]
    [InlineData("a..b", ToolboxKind.Unknown, "a..b")]
    [InlineData("javascript:alert(1)", ToolboxKind.Unknown, "javascript:alert(1)")]
    public void Recognise_Text_IsUnderstood(string text, ToolboxKind kind, string expected)
    {
        var input = ToolboxInput.Recognise(text);

        Assert.Equal((kind, expected), (input.Kind, input.Text));
    }

    [Theory]
    [InlineData("_dmarc.example.org. 3600 IN TXT \"v=DMARC1; p=none\"", ToolboxKind.DmarcRecord, "example.org", null)]
    [InlineData("example.org.\t300\tIN\tTXT\t\"v=spf1 \" \"-all\"", ToolboxKind.SpfRecord, "example.org", null)]
    [InlineData("s1._domainkey.example.org. IN TXT ( \"v=DKIM1; k=rsa; \" \"p=" + Key + "\" )", ToolboxKind.DkimRecord, "example.org", "s1")]
    [InlineData("default._bimi.example.org. IN TXT \"v=BIMI1; l=;\"", ToolboxKind.BimiRecord, "example.org", null)]
    [InlineData("_smtp._tls.example.org. IN TXT \"v=TLSRPTv1; rua=mailto:a@example.org\"", ToolboxKind.TlsRptRecord, "example.org", null)]
    public void Recognise_LineOfAZone_KnowsItsPlace(string text, ToolboxKind kind, string name, string? selector)
    {
        var input = ToolboxInput.Recognise(text);

        Assert.Equal((kind, name, selector), (input.Kind, input.Name, input.Selector));
    }

    [Theory]
    [InlineData("example.org", "Audit")]
    [InlineData("192.0.2.10", "Dns Blocklists")]
    [InlineData("mx.example.org:25", "Tls Dns")]
    [InlineData("_dmarc.example.org", "Dns")]
    [InlineData("v=spf1 -all", "Draft")]
    [InlineData("version: STSv1\nmode: none", "Draft")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "Draft")]
    [InlineData("550 5.1.1 x", "Reply")]
    [InlineData("Received: by x", "Header")]
    [InlineData("hello", "")]
    public void AtOnce_OfAText_AreTheToolsThatRun(string text, string tools) =>
        Assert.Equal(tools, string.Join(' ', ToolboxTools.AtOnce(ToolboxInput.Recognise(text))));

    [Fact]
    public void Recognise_RandomText_NeverThrows()
    {
        string[] pieces = ["v=spf1", "v=DMARC1;", "p=", "\"", "(", " TXT ", "TXT\t", ".", "@", ":", "://", "[", "]", "example.org", "\n", "_dmarc", "550 ", "5.7.1", "IPv6:", "::1", "xn--", "\0", "\uD800", "ß", "\\", "Received:", "STSv1", "version:", "mailto:", "\t", "99999"];
        var random = new Random(20261124);
        for (var i = 0; i < 20_000; i++)
        {
            var input = ToolboxInput.Recognise(string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)])));
            _ = ToolboxTools.Fitting(input);
            _ = ToolboxPlan.Of(new ToolboxRequest(input.Text));
        }
    }
}
