using MailDashboard.Checks.Spf;

namespace MailDashboard.Tests.Checks.Spf;

public class SpfParserTests
{
    [Theory]
    [InlineData("all", SpfTermKind.All, SpfQualifier.Pass)]
    [InlineData("-ALL", SpfTermKind.All, SpfQualifier.Fail)]
    [InlineData("?include:a.example", SpfTermKind.Include, SpfQualifier.Neutral)]
    [InlineData("~a/24//64", SpfTermKind.A, SpfQualifier.SoftFail)]
    [InlineData("+mx:a.example//64", SpfTermKind.Mx, SpfQualifier.Pass)]
    [InlineData("ptr", SpfTermKind.Ptr, SpfQualifier.Pass)]
    [InlineData("ip4:192.0.2.0/24", SpfTermKind.Ip4, SpfQualifier.Pass)]
    [InlineData("ip6:2001:db8::1", SpfTermKind.Ip6, SpfQualifier.Pass)]
    [InlineData("exists:%{ir}.%{d}", SpfTermKind.Exists, SpfQualifier.Pass)]
    [InlineData("redirect=%{d}", SpfTermKind.Redirect, SpfQualifier.Pass)]
    [InlineData("EXP=a.example.", SpfTermKind.Explanation, SpfQualifier.Pass)]
    [InlineData("x-1.y_z=%{c}", SpfTermKind.UnknownModifier, SpfQualifier.Pass)]
    [InlineData("x=", SpfTermKind.UnknownModifier, SpfQualifier.Pass)]
    public void Parse_GoodTerm_HasItsKindAndQualifier(string text, SpfTermKind kind, SpfQualifier qualifier)
    {
        var record = SpfParser.Parse($"v=spf1  {text} ");

        var term = Assert.Single(record.Terms);
        Assert.Equal((kind, qualifier, SpfSyntaxError.None), (term.Kind, term.Qualifier, term.Error));
        Assert.Equal(text, record.TextOf(term).ToString());
    }

    [Theory]
    [InlineData("ipv4:192.0.2.1", SpfSyntaxError.UnknownMechanism)]
    [InlineData("-", SpfSyntaxError.UnknownMechanism)]
    [InlineData("redirect:a.example", SpfSyntaxError.ModifierWithColon)]
    [InlineData("=x", SpfSyntaxError.InvalidModifierName)]
    [InlineData("-exp=a.example", SpfSyntaxError.InvalidModifierName)]
    [InlineData("include", SpfSyntaxError.MissingDomain)]
    [InlineData("include:", SpfSyntaxError.MissingDomain)]
    [InlineData("redirect=", SpfSyntaxError.MissingDomain)]
    [InlineData("a:museum", SpfSyntaxError.InvalidDomain)]
    [InlineData("a:a.-b", SpfSyntaxError.InvalidDomain)]
    [InlineData("mx:a.123", SpfSyntaxError.InvalidDomain)]
    [InlineData("a:192.0.2.1", SpfSyntaxError.AddressAsDomain)]
    [InlineData("exists:%{x}.a.example", SpfSyntaxError.InvalidMacro)]
    [InlineData("exists:%{c}.a.example", SpfSyntaxError.InvalidMacro)]
    [InlineData("exists:%{d0}", SpfSyntaxError.InvalidMacro)]
    [InlineData("exists:%{d", SpfSyntaxError.InvalidMacro)]
    [InlineData("exists:a.example%", SpfSyntaxError.InvalidMacro)]
    [InlineData("all:a.example", SpfSyntaxError.UnexpectedArgument)]
    [InlineData("all/8", SpfSyntaxError.UnexpectedArgument)]
    [InlineData("ptr/24", SpfSyntaxError.UnexpectedArgument)]
    [InlineData("a/33", SpfSyntaxError.InvalidPrefixLength)]
    [InlineData("a/", SpfSyntaxError.InvalidPrefixLength)]
    [InlineData("a//129", SpfSyntaxError.InvalidPrefixLength)]
    [InlineData("a/024", SpfSyntaxError.InvalidPrefixLength)]
    [InlineData("a///64", SpfSyntaxError.InvalidPrefixLength)]
    [InlineData("ip4:192.0.2.0/33", SpfSyntaxError.InvalidPrefixLength)]
    [InlineData("ip6:2001:db8::/129", SpfSyntaxError.InvalidPrefixLength)]
    [InlineData("ip4:192.0.2", SpfSyntaxError.InvalidAddress)]
    [InlineData("ip4:192.0.2.01", SpfSyntaxError.InvalidAddress)]
    [InlineData("ip4:192.0.2.1.1", SpfSyntaxError.InvalidAddress)]
    [InlineData("ip4:2001:db8::1", SpfSyntaxError.InvalidAddress)]
    [InlineData("ip4", SpfSyntaxError.InvalidAddress)]
    [InlineData("ip6:192.0.2.1", SpfSyntaxError.InvalidAddress)]
    [InlineData("ip6:fe80::1%eth0", SpfSyntaxError.InvalidAddress)]
    [InlineData("ip6:[2001:db8::1]", SpfSyntaxError.InvalidAddress)]
    [InlineData("ip6:2001:db8::1::2", SpfSyntaxError.InvalidAddress)]
    [InlineData("ip6:::1.2.3", SpfSyntaxError.InvalidAddress)]
    [InlineData("–all", SpfSyntaxError.NonAscii)]
    [InlineData("a\tb", SpfSyntaxError.ControlCharacter)]
    public void Parse_BadTerm_KeepsTextPositionAndError(string text, SpfSyntaxError error)
    {
        var record = SpfParser.Parse($"v=spf1 mx {text} -all");

        Assert.Equal(3, record.Terms.Length);
        Assert.Equal((SpfTermKind.Invalid, error, 10), (record.Terms[1].Kind, record.Terms[1].Error, record.Terms[1].Start));
        Assert.Equal(text, record.TextOf(record.Terms[1]).ToString());
        Assert.True(record.HasErrors);
    }

    [Theory]
    [InlineData("redirect=a.example redirect=b.example")]
    [InlineData("exp=a.example EXP=a.example")]
    public void Parse_ModifierTwice_IsAnErrorOfTheSecond(string terms)
    {
        var record = SpfParser.Parse("v=spf1 " + terms);

        Assert.Equal([SpfSyntaxError.None, SpfSyntaxError.DuplicateModifier], record.Terms.Select(t => t.Error));
    }

    [Theory]
    [InlineData("v=spf1", true)]
    [InlineData("V=SpF1 a", true)]
    [InlineData("v=spf10", false)]
    [InlineData(" v=spf1", false)]
    [InlineData("v=spf1\t-all", false)]
    [InlineData("", false)]
    public void IsSpf_Text_IsExact(string text, bool expected) => Assert.Equal(expected, SpfRecord.IsSpf(text));

    [Fact]
    public void Of_Record_GivesItsSingleAddresses()
    {
        var addresses = SpfAddresses.Of("v=spf1 ip4:192.0.2.1 ip4:192.0.2.2/32 ip4:192.0.2.0/24 ip6:2001:db8::1 ip6:2001:db8::/64 -ip4:192.0.2.9 a ip4:bad ip4:192.0.2.1 -all");

        Assert.Equal(["192.0.2.1", "192.0.2.2", "2001:db8::1"], addresses.Select(a => a.ToString()));
    }

    [Fact]
    public void Parse_MutatedRecords_NeverThrows()
    {
        const string Seed = "v=spf1 +a/24//64 mx:%{d2r.-}.example.org ip4:192.0.2.1/32 ip6:2001:db8::/48 ?include:%{l}.x.example exists:%{ir}.%{v}._spf.%{d} redirect=a.example exp=%{S}.b.example -all";
        const string Alphabet = "%{}:/=.-+~?0139adilmprsxz \t\u0000\u007f\u00e9\ud800";
        var random = new Random(7208);
        for (var round = 0; round < 20_000; round++)
        {
            var text = Seed.ToCharArray();
            for (var i = random.Next(1, 9); i > 0; i--)
            {
                text[random.Next(6, text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            var record = SpfParser.Parse(new string(text, 0, random.Next(text.Length + 1)));
            Assert.All(record.Terms, t => Assert.InRange(t.ValueStart + t.ValueLength, t.Start, t.Start + t.Length));
        }
    }

    [Theory]
    [InlineData("a ")]
    [InlineData("%{d99999999999999r.-+,/_=}")]
    [InlineData("/")]
    [InlineData("exists:%{")]
    [InlineData("a:b.c/1//2 ")]
    public void Parse_SixtyKilobytes_IsLinear(string piece)
    {
        var text = "v=spf1 " + string.Concat(Enumerable.Repeat(piece, 60_000 / piece.Length));
        Assert.NotEmpty(SpfParser.Parse(text).Terms);

        var bound = TimeSpan.FromMilliseconds(500);
        Assert.InRange(Fastest.Of(bound, () => SpfParser.Parse(text)), TimeSpan.Zero, bound);
    }
}
