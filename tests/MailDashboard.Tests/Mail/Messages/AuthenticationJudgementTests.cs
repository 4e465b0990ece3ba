using System.Security.Cryptography;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Tests.Mail.Messages;

/// <summary>One thing is broken at a time: it costs alone and is named alone.</summary>
public class AuthenticationJudgementTests
{
    private readonly WellWorld _world = new();

    [Fact]
    public async Task AllWell_IsTenOfTen()
    {
        var verdict = await _world.JudgeAsync();

        Assert.Equal("", string.Join(", ", verdict.Marks.Select(m => m.Code)));
        Assert.Equal(10m, verdict.Score);
        Assert.Empty(verdict.Undetermined);
        Assert.Superset(new HashSet<string> { "spf", "dkim", "dmarc", "helo", "ptr", "tls", "form", "text", "links" }, verdict.Fine.Select(f => f.Key).ToHashSet());
    }

    [Theory]
    [InlineData("v=spf1 -all", "MSG010:2")]
    [InlineData("v=spf1 ~all", "MSG011:1.5")]
    [InlineData("v=spf1 ?all", "MSG013:1")]
    [InlineData("v=spf1 ip4:nonsense -all", "MSG014:2")]
    [InlineData("something else", "MSG012:1.5")]
    public async Task Spf_NotPassing_CostsAlone(string record, string costs)
    {
        _world.Dns.Remove(WellWorld.From).Txt(WellWorld.From, record);

        Assert.Equal(costs, WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Fact]
    public async Task Spf_DnsDead_CostsNothing()
    {
        _world.Dns.Fail(WellWorld.From, DnsRecordType.TXT, DnsStatus.ServFail);

        var verdict = await _world.JudgeAsync();

        Assert.Equal(10m, verdict.Score);
        Assert.Contains(verdict.Undetermined, u => u.Reason.Key == "SpfTempError");
    }

    [Fact]
    public async Task HeloSpf_Fails_CostsAlone()
    {
        _world.Dns.Remove($"mx.{WellWorld.From}").A($"mx.{WellWorld.From}", WellWorld.Sender).Txt($"mx.{WellWorld.From}", "v=spf1 -all");

        Assert.Equal("MSG015:0.5", WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Fact]
    public async Task Dkim_Absent_CostsAlone() => Assert.Equal("MSG020:1.5", WellWorld.Costs(await _world.JudgeAsync(WellWorld.Crlf(_world.Text))));

    [Fact]
    public async Task Dkim_BodyChanged_CostsAlone() => Assert.Equal("MSG021:2", WellWorld.Costs(await _world.JudgeAsync(Replaced("Monday.", "Friday."))));

    [Fact]
    public async Task Dkim_HeaderChanged_CostsAlone() => Assert.Equal("MSG022:2", WellWorld.Costs(await _world.JudgeAsync(Replaced("Minutes of", "Notes of"))));

    [Fact]
    public async Task Dkim_OtherKey_CostsAlone()
    {
        using var other = RSA.Create(2048);

        Assert.Equal("MSG022:2", WellWorld.Costs(await _world.JudgeAsync(_world.Signed(key: other))));
    }

    [Theory]
    [InlineData(null, "MSG023:2")]
    [InlineData("v=DKIM1; p=", "MSG024:2")]
    [InlineData("v=DKIM1; p=AAAA", "MSG025:2")]
    public async Task Dkim_KeyBad_CostsAlone(string? record, string costs)
    {
        _world.Dns.Remove($"s1._domainkey.{WellWorld.From}");
        if (record is not null)
        {
            _world.Dns.Txt($"s1._domainkey.{WellWorld.From}", record);
        }

        Assert.Equal(costs, WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Fact]
    public async Task Dkim_CouldNotAsk_CostsNothing()
    {
        _world.Dns.Fail($"s1._domainkey.{WellWorld.From}", DnsRecordType.TXT, DnsStatus.Timeout);

        var verdict = await _world.JudgeAsync();

        Assert.Equal(10m, verdict.Score);
        Assert.Contains(verdict.Undetermined, u => u.Reason.Key == "DnsTimeout");
    }

    [Theory]
    [InlineData(768, "MSG029:2")]
    [InlineData(1024, "MSG030:0.3")]
    public async Task Dkim_ShortKey_CostsAlone(int bits, string costs)
    {
        using var key = RSA.Create(bits);
        _world.Dns.Txt($"short._domainkey.{WellWorld.From}", WellWorld.KeyRecord(key));

        Assert.Equal(costs, WellWorld.Costs(await _world.JudgeAsync(_world.Signed(selector: "short", key: key))));
    }

    [Fact]
    public async Task Dkim_TestingKey_CostsAlone()
    {
        using var key = RSA.Create(2048);
        _world.Dns.Txt($"t._domainkey.{WellWorld.From}", WellWorld.KeyRecord(key) + "; t=y");

        Assert.Equal("MSG032:0.2", WellWorld.Costs(await _world.JudgeAsync(_world.Signed(selector: "t", key: key))));
    }

    [Fact]
    public async Task Dkim_OnlyEd25519_CostsAlone() => Assert.Equal("MSG033:0.5", WellWorld.Costs(await _world.JudgeAsync(_world.SignedEd25519())));

    [Fact]
    public async Task Dkim_SubjectUnsigned_CostsAlone() => Assert.Equal("MSG034:0.2", WellWorld.Costs(await _world.JudgeAsync(_world.Signed(fields: ["From", "Date", "To"]))));

    [Theory]
    [InlineData("a=rsa-sha256", "a=rsa-sha1", "MSG028:2")]
    [InlineData("v=1;", "v=2;", "MSG026:2")]
    [InlineData("v=1;", "v=1; x=1;", "MSG026:2")]
    [InlineData("v=1;", "v=1; x=soon;", "MSG026:2")]
    [InlineData("v=1;", "v=1; l=-1;", "MSG026:2")]
    [InlineData("v=1;", "v=1; q=http/x;", "MSG026:2")]
    [InlineData("v=1;", "v=1; i=good.example;", "MSG026:2")]
    [InlineData("c=relaxed/relaxed", "c=relaxed/nowsp", "MSG026:2")]
    public async Task Dkim_Unreadable_CostsAlone(string before, string after, string costs) => Assert.Equal(costs, WellWorld.Costs(await _world.JudgeAsync(Replaced(before, after))));

    /// <summary>What MimeKit writes otherwise than it read it: the signature is over the octets.</summary>
    [Theory]
    [InlineData("boundary=b\n\n--b\n", "boundary=b\n\nOld programs show this.  \n\n--b \t\n")]
    [InlineData("boundary=b\n\n--b\n", "boundary=b\n\n--b\n\n--b\n")]
    [InlineData("--b\nContent-Type: text/html", "--b\nthis is no field\nContent-Type: text/html")]
    [InlineData("--b--\n", "--b--  \nepilogue \n\n")]
    public async Task Dkim_OddBodyAsItWasSigned_Verifies(string before, string after)
    {
        Assert.Contains(before, _world.Text, StringComparison.Ordinal);
        _world.Text = _world.Text.Replace(before, after, StringComparison.Ordinal);

        var verdict = await _world.JudgeAsync(_world.Signed(change: s => s.BodyCanonicalizationAlgorithm = MimeKit.Cryptography.DkimCanonicalizationAlgorithm.Simple));

        Assert.Contains(verdict.Fine, f => f.Key == "dkim");
    }

    [Theory]
    [InlineData("v=DKIM1; k=rsa; p={0};;", "")]
    [InlineData("v = DKIM1 ; k = rsa ; p = {1} ;", "")]
    [InlineData("v=DKIM1; p={2}", "")]
    [InlineData("v=DKIM1; k=RSA; p={0}", "MSG025:2")]
    public async Task Dkim_KeyRecord_IsReadAsTheAuditReadsIt(string record, string costs)
    {
        using var key = RSA.Create(2048);
        var p = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        _world.Dns.Txt($"odd._domainkey.{WellWorld.From}", string.Format(System.Globalization.CultureInfo.InvariantCulture, record, p, $"{p[..90]} {p[90..200]}\t{p[200..]}", Convert.ToBase64String(key.ExportRSAPublicKey())));

        Assert.Equal(costs, WellWorld.Costs(await _world.JudgeAsync(_world.Signed(selector: "odd", key: key))));
    }

    [Theory]
    [InlineData("t=s", null, "")]
    [InlineData("t=s", "@good.example", "")]
    [InlineData("t=s", "@mx.good.example", "MSG026:2")]
    [InlineData("t=x", "@mx.good.example", "")]
    public async Task Dkim_IdentityBelow_WhereTheKeyIsStrict_IsPassedOver(string flags, string? identity, string costs)
    {
        using var key = RSA.Create(2048);
        _world.Dns.Txt($"strict._domainkey.{WellWorld.From}", $"{WellWorld.KeyRecord(key)}; {flags}");

        Assert.Equal(costs, WellWorld.Costs(await _world.JudgeAsync(_world.Signed(selector: "strict", key: key, change: s => s.AgentOrUserIdentifier = identity))));
    }

    [Fact]
    public async Task Dkim_BrokenBesideOneThatStrictModeDoesNotCount_Costs()
    {
        using var key = RSA.Create(2048);
        _world.MailFrom = "bounce@esp.example";
        _world.Dns.Remove("_dmarc.good.example").Txt("_dmarc.good.example", "v=DMARC1; p=reject; adkim=s")
            .Txt("esp.example", $"v=spf1 ip4:{WellWorld.Sender} -all").Txt("k._domainkey.mx.good.example", WellWorld.KeyRecord(key));
        _world.Text = System.Text.Encoding.UTF8.GetString(_world.Signed(selector: "gone"));

        var verdict = await _world.JudgeAsync(_world.Signed("mx.good.example", "k", key));

        Assert.Equal("MSG023:2", WellWorld.Costs(verdict));
        Assert.False(verdict.PassesDmarc);
    }

    [Fact]
    public async Task ReversePath_NotNoted_CostsNothing()
    {
        _world.MailFrom = null;
        _world.Dns.Remove($"mx.{WellWorld.From}").A($"mx.{WellWorld.From}", WellWorld.Sender);

        var signed = await _world.JudgeAsync();
        var unsigned = await _world.JudgeAsync(WellWorld.Crlf(_world.Text));

        Assert.Equal(("", "MSG020:1.5"), (WellWorld.Costs(signed), WellWorld.Costs(unsigned)));
        Assert.Contains(signed.Undetermined, u => u.Reason.Key == "SenderUnknown");
        Assert.Contains(unsigned.Undetermined, u => u.Reason.Key == "DmarcOpen");
    }

    [Fact]
    public async Task Dkim_BrokenBesideAGoodOne_IsNamedAndCostsNothing()
    {
        using var other = RSA.Create(2048);
        _world.Text = System.Text.Encoding.UTF8.GetString(_world.Signed(selector: "old", key: other));

        var verdict = await _world.JudgeAsync();

        Assert.Equal("", WellWorld.Costs(verdict));
        Assert.Equal("MSG023", Assert.Single(verdict.Marks).Code);
    }

    [Fact]
    public async Task NotAligned_Both_IsDmarcOnce()
    {
        using var key = RSA.Create(2048);
        _world.MailFrom = "bounce@esp.example";
        _world.Dns.Txt("esp.example", $"v=spf1 ip4:{WellWorld.Sender} -all").Txt("k._domainkey.esp.example", WellWorld.KeyRecord(key));

        var verdict = await _world.JudgeAsync(_world.Signed("esp.example", "k", key));

        Assert.Equal("MSG040:3", WellWorld.Costs(verdict));
        Assert.Equal("esp.example", verdict.Marks[0].Evidence.Single(e => e.Label == "signers").Value);
    }

    [Fact]
    public async Task SpfOfSubdomain_StrictMode_IsNotAligned()
    {
        _world.MailFrom = "bounce@mx.good.example";
        _world.Dns.Remove("_dmarc.good.example").Txt("_dmarc.good.example", "v=DMARC1; p=reject; aspf=s");

        var relaxed = await new WellWorld { MailFrom = "bounce@mx.good.example" }.JudgeAsync(WellWorld.Crlf(_world.Text));
        var strict = await _world.JudgeAsync(WellWorld.Crlf(_world.Text));

        Assert.Equal("MSG020:1.5", WellWorld.Costs(relaxed));
        Assert.Equal("MSG040:3 MSG020:1.5", WellWorld.Costs(strict));
    }

    [Fact]
    public async Task SpfAndDkimBothFail_DmarcIsAConsequence()
    {
        _world.Dns.Remove(WellWorld.From).Txt(WellWorld.From, "v=spf1 -all");

        var verdict = await _world.JudgeAsync(Replaced("Monday.", "Friday."));

        Assert.Equal("MSG010:2 MSG021:2", WellWorld.Costs(verdict));
        Assert.Contains(verdict.Marks, m => m is { Code: "MSG041", Points: 0 });
    }

    [Theory]
    [InlineData(null, "MSG042:1.5")]
    [InlineData("v=DMARC1; p=nonsense", "MSG042:1.5")]
    [InlineData("v=DMARC1; p=none", "")]
    public async Task Dmarc_Record(string? record, string costs)
    {
        _world.Dns.Remove($"_dmarc.{WellWorld.From}");
        if (record is not null)
        {
            _world.Dns.Txt($"_dmarc.{WellWorld.From}", record);
        }

        Assert.Equal(costs, WellWorld.Costs(await _world.JudgeAsync()));
    }

    private byte[] Replaced(string before, string after) => _world.SignedAndChanged(before, after);
}
