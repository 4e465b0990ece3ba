using MailDashboard.Checks.MtaSts;

namespace MailDashboard.Tests.Checks.MtaSts;

public class MtaStsPolicyTests
{
    [Theory]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx1.example.test\nmax_age: 604800")]
    [InlineData("version: STSv1\r\nmode: enforce\r\nmx: mx1.example.test\r\nmax_age: 604800\r\n")]
    [InlineData("version:STSv1\nmode:enforce\nmx:MX1.example.test.\nmax_age:0\n\n")]
    [InlineData("max_age: 31557600\nmode: enforce\nmx: *.example.test\nmx: mx1.example.test\nversion: STSv1\nfuture_key: any thing: at all")]
    [InlineData("version: STSv1\nmode: none\nmax_age: 1")]
    public void Parse_ValidPolicy_HasNoFault(string text) => Assert.Empty(MtaStsPolicy.Parse(text).Faults);

    [Theory]
    [InlineData("mode: enforce\nmx: a.test\nmax_age: 1", MtaStsFaultKind.Version)]
    [InlineData("version: STSv2\nmode: enforce\nmx: a.test\nmax_age: 1", MtaStsFaultKind.Version)]
    [InlineData("version: STSv1\nmx: a.test\nmax_age: 1", MtaStsFaultKind.Mode)]
    [InlineData("version: STSv1\nmode: Enforce\nmx: a.test\nmax_age: 1", MtaStsFaultKind.Mode)]
    [InlineData("version: STSv1\nmode: testing\nmx: a.test", MtaStsFaultKind.MaxAge)]
    [InlineData("version: STSv1\nmode: testing\nmx: a.test\nmax_age: 31557601", MtaStsFaultKind.MaxAge)]
    [InlineData("version: STSv1\nmode: testing\nmx: a.test\nmax_age: -1", MtaStsFaultKind.MaxAge)]
    [InlineData("version: STSv1\nmode: testing\nmx: a.test\nmax_age: 99999999999999999999", MtaStsFaultKind.MaxAge)]
    [InlineData("version: STSv1\nmode: testing\nmax_age: 1", MtaStsFaultKind.NoMx)]
    [InlineData("version: STSv1\nmode: testing\nmx: mail.*.test\nmax_age: 1", MtaStsFaultKind.BadMx)]
    [InlineData("version: STSv1\nmode: testing\nmx: *\nmax_age: 1", MtaStsFaultKind.BadMx)]
    [InlineData("version: STSv1\nmode: testing\nmx: a.test, b.test\nmax_age: 1", MtaStsFaultKind.BadMx)]
    [InlineData("version: STSv1\nmode: testing\nmx: a.test\nmax_age: 1\n<html>", MtaStsFaultKind.BadLine)]
    public void Parse_OneFault_IsThatFaultAlone(string text, MtaStsFaultKind kind) => Assert.Equal(kind, Assert.Single(MtaStsPolicy.Parse(text).Faults).Kind);

    [Fact]
    public void Parse_KeyTwice_TakesTheFirst()
    {
        var policy = MtaStsPolicy.Parse("version: STSv1\nmode: testing\nmode: enforce\nmx: a.test\nmax_age: 1");

        Assert.Equal((MtaStsMode.Testing, true), (policy.Mode, policy.IsValid));
        Assert.Equal(["mode"], policy.Duplicates);
    }

    [Theory]
    [InlineData("mx1.example.test", true)]
    [InlineData("a.wild.test", true)]
    [InlineData("wild.test", false)]
    [InlineData("a.b.wild.test", false)]
    [InlineData("xwild.test", false)]
    [InlineData("test", false)]
    public void Names_Host_MatchesOneLabelForAWildcard(string host, bool named) =>
        Assert.Equal(named, MtaStsPolicy.Parse("mx: mx1.example.test\nmx: *.wild.test").Names(host));

    [Fact]
    public void Parse_RandomAndMutatedText_NeverThrows()
    {
        var random = new Random(8461);
        const string Right = "version: STSv1\r\nmode: enforce\r\nmx: *.example.test\r\nmax_age: 604800\r\n";
        for (var i = 0; i < 5000; i++)
        {
            var text = Right.ToCharArray();
            for (var j = random.Next(10); j >= 0; j--)
            {
                text[random.Next(text.Length)] = (char)random.Next(i % 2 == 0 ? 128 : 0x10000);
            }

            Assert.True(MtaStsPolicy.Parse(new string(text)).Faults.Length <= 10);
            _ = MtaStsRecord.Parse(new string(text));
            _ = MtaStsRecord.IsNearMiss(new string(text));
        }

        Assert.Contains(MtaStsPolicy.Parse(string.Concat(Enumerable.Repeat("mx: a.test\n", 30_000))).Faults, f => f.Kind == MtaStsFaultKind.TooManyLines);
    }

    [Theory]
    [InlineData("v=STSv1; id=20260101T000000;", true)]
    [InlineData("v=STSv1;id=1", true)]
    [InlineData("v=STSv1 ; id=1; x=y", true)]
    [InlineData("v=STSv1; id=2026-01-01", false)]
    [InlineData("v=STSv1; id=", false)]
    [InlineData("v=STSv1", false)]
    [InlineData("v=STSv1; id=123456789012345678901234567890123", false)]
    public void Record_Text_IsValidWithAnId(string text, bool valid) => Assert.Equal(valid, MtaStsRecord.Parse(text)!.IsValid);

    [Theory]
    [InlineData("v=stsv1; id=1", true)]
    [InlineData("\"v=STSv1; id=1\"", true)]
    [InlineData(" v=STSv1; id=1", true)]
    [InlineData("v=STSv1.0; id=1", true)]
    [InlineData("id=20260101", true)]
    [InlineData("v=spf1 -all", false)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.test", false)]
    public void Record_Text_IsANearMiss(string text, bool near) => Assert.Equal(near, MtaStsRecord.IsNearMiss(text));
}
