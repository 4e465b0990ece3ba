using MailDashboard.Checks.Dkim;

namespace MailDashboard.Tests.Checks.Dkim;

public class DkimKeyRecordTests
{
    [Fact]
    public void Parse_Ed25519_IsValid()
    {
        var record = DkimKeyRecord.Parse($"v=DKIM1; k=ed25519; p={Keys.Ed25519}");

        Assert.Equal(DkimKeyState.Valid, record.State);
        Assert.True(record.IsEd25519);
    }

    [Fact]
    public void Parse_EmptyKey_IsRevokedAndNotInvalid() => Assert.Equal(DkimKeyState.Revoked, DkimKeyRecord.Parse("v=DKIM1; p=").State);

    [Fact]
    public void Parse_TypeInCapitals_IsUnknown() => Assert.False(DkimKeyRecord.Parse($"v=DKIM1; k=RSA; p={Keys.Rsa(2048)}").HasKnownType);

    [Fact]
    public void Parse_WithoutVersion_IsValid() => Assert.Equal(DkimKeyState.Valid, DkimKeyRecord.Parse($"p={Keys.Rsa(2048)}").State);

    [Theory]
    [InlineData("v=spf1 -all")]
    [InlineData("google-site-verification=abc")]
    [InlineData("v=DMARC1; p=reject")]
    [InlineData("")]
    public void Parse_AnotherKindOfRecord_IsNoKeyRecord(string text) => Assert.Equal(DkimKeyState.NotDkim, DkimKeyRecord.Parse(text).State);

    [Theory]
    [InlineData("v=DKIM1; t=y:s; p=", true, true)]
    [InlineData("v=DKIM1; t= S ; p=", false, true)]
    [InlineData("v=DKIM1; t=x; p=", false, false)]
    public void Parse_Flags_AreAList(string text, bool testing, bool strict)
    {
        var record = DkimKeyRecord.Parse(text);

        Assert.Equal((testing, strict), (record.IsTesting, record.IsStrict));
    }

    [Fact]
    public void Parse_RandomText_NeverThrows()
    {
        const string Alphabet = "vDKIM1=;:p kth\"\\\u00e9\u0000\t+/AQAB*";
        var random = new Random(8301);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Create(random.Next(60), random, static (span, r) =>
            {
                foreach (ref var c in span)
                {
                    c = Alphabet[r.Next(Alphabet.Length)];
                }
            });
            Assert.True(Enum.IsDefined(DkimKeyRecord.Parse(text).State));
        }
    }

    [Fact]
    public void Parse_SixtyKilobytes_IsRead() =>
        Assert.Equal(DkimKeyState.Invalid, DkimKeyRecord.Parse("v=DKIM1; p=" + new string('A', 60_000)).State);
}
