using System.Security.Cryptography;
using MailDashboard.Checks.Dkim;

namespace MailDashboard.Tests.Checks.Dkim;

public class DkimPublicKeyTests
{
    [Theory]
    [InlineData(512)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(2048)]
    [InlineData(4096)]
    public void Rsa_EitherForm_CountsTheBits(int bits)
    {
        Assert.Equal(new DkimPublicKey(DkimKeyFault.None, bits), DkimPublicKey.Rsa(Keys.Rsa(bits)));
        Assert.Equal(new DkimPublicKey(DkimKeyFault.None, bits) { IsBare = true }, DkimPublicKey.Rsa(Keys.Pkcs1(bits)));
    }

    [Fact]
    public void Rsa_OfARealKey_AgreesWithTheLibrary()
    {
        using var rsa = RSA.Create(1536);

        Assert.Equal(1536, DkimPublicKey.Rsa(Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())).Bits);
        Assert.Equal(1536, DkimPublicKey.Rsa(Convert.ToBase64String(rsa.ExportRSAPublicKey())).Bits);
    }

    [Fact]
    public void Rsa_WhiteSpaceInsideAndNoPadding_IsStillRead()
    {
        var key = Keys.Rsa(2048).TrimEnd('=');

        Assert.Equal(2048, DkimPublicKey.Rsa(key.Insert(80, " ").Insert(40, "\r\n\t")).Bits);
    }

    [Fact]
    public void Ed25519_ThirtyTwoOctets_IsValid() => Assert.Equal(new DkimPublicKey(DkimKeyFault.None, 256), DkimPublicKey.Ed25519(Keys.Ed25519));

    [Fact]
    public void Rsa_OfAnEd25519Key_SaysSo()
    {
        Assert.Equal(DkimKeyFault.OtherType, DkimPublicKey.Rsa(Keys.Ed25519).Fault);
        Assert.Equal(DkimKeyFault.OtherType, DkimPublicKey.Ed25519(Keys.Rsa(2048)).Fault);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA")]
    [InlineData("MAA=")]
    [InlineData("MIGf")]
    [InlineData("MISA////AA==")]
    public void Rsa_SomethingElse_IsNotAKey(string base64) => Assert.Equal(DkimKeyFault.NotAKey, DkimPublicKey.Rsa(base64).Fault);

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAAA")]
    [InlineData("-----BEGINPUBLICKEY-----")]
    [InlineData("...")]
    public void Rsa_NotBase64_SaysSo(string text) => Assert.Equal(DkimKeyFault.NotBase64, DkimPublicKey.Rsa(text).Fault);

    [Fact]
    public void Rsa_EvenExponent_IsNotAKey() =>
        Assert.Equal(DkimKeyFault.NotAKey, DkimPublicKey.Rsa(Convert.ToBase64String(Keys.Numbers(2048, [2]))).Fault);

    [Fact]
    public void Rsa_EveryTruncationAndManyMutations_NeverThrow()
    {
        var key = Keys.SubjectPublicKeyInfo(1024, "1.2.840.113549.1.1.1");
        for (var length = 1; length < key.Length; length++)
        {
            Assert.NotEqual(DkimKeyFault.None, DkimPublicKey.Rsa(Convert.ToBase64String(key, 0, length)).Fault);
        }

        var random = new Random(6376);
        for (var i = 0; i < 5_000; i++)
        {
            var mutated = key.ToArray();
            mutated[random.Next(40)] = (byte)random.Next(256);
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            var bits = DkimPublicKey.Rsa(Convert.ToBase64String(mutated)).Bits;
            Assert.InRange(bits, 0, 1100);
        }
    }
}
