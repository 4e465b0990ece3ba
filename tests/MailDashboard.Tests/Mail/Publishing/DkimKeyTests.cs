using System.Security.Cryptography;
using MailDashboard.Checks.Dkim;
using MailDashboard.Mail.Publishing.Keys;
using MimeKit;
using MimeKit.Cryptography;
using static MailDashboard.Tests.Mail.Publishing.PlanWorld;

namespace MailDashboard.Tests.Mail.Publishing;

public class DkimKeyTests
{
    [Fact]
    public void Create_Rsa_HasTwoHalvesOfOneKey()
    {
        var pair = DkimKeyPair.Create(DkimAlgorithm.Rsa, "s202611");

        var record = DkimKeyRecord.Parse(pair.RecordText);
        Assert.Equal((DkimKeyState.Valid, "rsa", 2048), (record.State, record.KeyType, record.Key.Bits));
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pair.PrivateKeyPem);
        Assert.Equal(Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()), record.Tags["p"]);
        Assert.DoesNotContain("PRIVATE", pair.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_Ed25519_IsABareKeyOf32Octets()
    {
        var record = DkimKeyRecord.Parse(DkimKeyPair.Create(DkimAlgorithm.Ed25519, "e202611").RecordText);

        Assert.Equal((DkimKeyState.Valid, true, 32), (record.State, record.IsEd25519, Convert.FromBase64String(record.Tags["p"]!).Length));
    }

    [Theory]
    [InlineData(DkimAlgorithm.Rsa)]
    [InlineData(DkimAlgorithm.Ed25519)]
    public async Task Create_SignedWithThePrivateHalf_VerifiesWithThePublishedOne(DkimAlgorithm algorithm)
    {
        var pair = DkimKeyPair.Create(algorithm, "sel");
        var message = MimeMessage.Load(new MemoryStream("From: a@harbour.example\r\nTo: b@example.org\r\nSubject: x\r\nDate: Fri, 27 Nov 2026 12:00:00 +0000\r\n\r\nHello\r\n"u8.ToArray()), TestContext.Current.CancellationToken);
        using var pem = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(pair.PrivateKeyPem));
        var signer = new DkimSigner(pem, Domain, pair.Selector, algorithm == DkimAlgorithm.Rsa ? DkimSignatureAlgorithm.RsaSha256 : DkimSignatureAlgorithm.Ed25519Sha256);
        signer.Sign(message, [HeaderId.From, HeaderId.Subject]);

        var signature = message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)];

        Assert.True(await new DkimVerifier(new Published(pair)).VerifyAsync(message, signature, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(DkimAlgorithm.Rsa, "", "s202611")]
    [InlineData(DkimAlgorithm.Ed25519, "", "e202611")]
    [InlineData(DkimAlgorithm.Rsa, "S202611", "s202611a")]
    [InlineData(DkimAlgorithm.Rsa, "s202611 s202611a", "s202611b")]
    public void Selector_IsTheMonthAndFree(DkimAlgorithm algorithm, string taken, string expected) =>
        Assert.Equal(expected, DkimSelectorProposal.For(algorithm, Now, taken.Split(' ')));

    [Theory]
    [InlineData(SigningServer.OpenDkimPostfix, 1, "/etc/opendkim/KeyTable", "s1._domainkey.harbour.example harbour.example:s1:/etc/opendkim/keys/harbour.example/s1.private\n")]
    [InlineData(SigningServer.OpenDkimPostfix, 1, "/etc/opendkim/SigningTable", "*@harbour.example s1._domainkey.harbour.example\n")]
    [InlineData(SigningServer.OpenDkimPostfix, 1, "/etc/postfix/main.cf", "smtpd_milters = inet:127.0.0.1:8891\nnon_smtpd_milters = inet:127.0.0.1:8891\nmilter_default_action = accept\nmilter_protocol = 6\n")]
    [InlineData(SigningServer.Exim, 2, "/etc/exim4/exim4.conf.localmacros", "DKIM_DOMAIN = ${if eqi{${domain:$h_from:}}{harbour.example}{harbour.example}}\nDKIM_SELECTOR = s1 : e1\nDKIM_PRIVATE_KEY = /etc/exim4/dkim/harbour.example.$dkim_selector.pem\nDKIM_CANON = relaxed\n")]
    public void Files_AreWhatTheSoftwareReads(SigningServer signer, int secrets, string path, string text)
    {
        DkimKeyPair[] keys = [new(DkimAlgorithm.Rsa, "s1", "", "RSA"), new(DkimAlgorithm.Ed25519, "e1", "", "ED")];

        var files = DkimServerFiles.For(signer, Domain, keys);

        Assert.Equal(secrets, files.Count(f => f.IsSecret));
        Assert.Equal(text, Assert.Single(files, f => f.Path == path).Text);
        Assert.All(files.Where(f => f.IsSecret), f => Assert.NotNull(f.Owner));
    }

    [Fact]
    public void Files_KeyThatTheSoftwareCannotUse_IsLeftOut() =>
        Assert.Empty(DkimServerFiles.For(SigningServer.OpenDkimPostfix, Domain, [new(DkimAlgorithm.Ed25519, "e1", "", "ED")]));

    [Fact]
    public void Files_OfRspamd_HoldAnEd25519KeyAsItReadsIt()
    {
        DkimKeyPair[] keys = [DkimKeyPair.Create(DkimAlgorithm.Rsa, "s1"), DkimKeyPair.Create(DkimAlgorithm.Ed25519, "e1")];

        var files = DkimServerFiles.For(SigningServer.RspamdPostfix, Domain, keys);

        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", Assert.Single(files, f => f.Path.EndsWith(".s1.key", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        var raw = Convert.FromBase64String(Assert.Single(files, f => f.Path.EndsWith(".e1.key", StringComparison.Ordinal)).Text);
        Assert.Equal((64, DkimKeyRecord.Parse(keys[1].RecordText).Tags["p"]), (raw.Length, Convert.ToBase64String(raw[32..])));
        Assert.Contains("selector = \"e1\"", Assert.Single(files, f => f.Path.EndsWith("dkim_signing.conf", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
    }

    private sealed class Published(DkimKeyPair pair) : DkimPublicKeyLocatorBase
    {
        public override Org.BouncyCastle.Crypto.AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            GetPublicKey(pair.RecordText);

        public override Task<Org.BouncyCastle.Crypto.AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(GetPublicKey(pair.RecordText));
    }
}
