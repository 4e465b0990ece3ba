using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace MailDashboard.Mail.Publishing.Keys;

/// <summary>How mail is signed.</summary>
public enum DkimAlgorithm
{
    /// <summary>RSA with 2048 bits (RFC 8301 §3.2): everybody verifies it.</summary>
    Rsa,

    /// <summary>Ed25519 (RFC 8463): short and strong, not verified everywhere, so it signs beside RSA and never alone.</summary>
    Ed25519,
}

/// <summary>A key pair for DKIM.</summary>
/// <param name="Algorithm">How it signs.</param>
/// <param name="Selector">Where its public half is published.</param>
/// <param name="RecordText">The text of the record (RFC 6376 §3.6.1).</param>
/// <param name="PrivateKeyPem">PKCS#8 in PEM (RFC 5958, RFC 7468). Secret: never in a log, and stored encrypted or not at all.</param>
public sealed record DkimKeyPair(DkimAlgorithm Algorithm, string Selector, string RecordText, string PrivateKeyPem)
{
    /// <summary>Bits of an RSA key: more does not fit into one answer everywhere, less is weak.</summary>
    public const int RsaBits = 2048;

    private const int Certainty = 112;

    private static readonly BigInteger PublicExponent = BigInteger.ValueOf(65537);

    /// <summary>The public half, to be published.</summary>
    public DkimPublication Publication => new(Selector, RecordText);

    /// <summary>Makes a new one from the system's randomness. RSA takes up to a second or two.</summary>
    public static DkimKeyPair Create(DkimAlgorithm algorithm, string selector)
    {
        var random = new SecureRandom();
        IAsymmetricCipherKeyPairGenerator generator = algorithm == DkimAlgorithm.Rsa ? new RsaKeyPairGenerator() : new Ed25519KeyPairGenerator();
        generator.Init(algorithm == DkimAlgorithm.Rsa
            ? new RsaKeyGenerationParameters(PublicExponent, random, RsaBits, Certainty)
            : new Ed25519KeyGenerationParameters(random));
        var pair = generator.GenerateKeyPair();
        return new DkimKeyPair(algorithm, selector, Record(pair.Public), Pem(pair.Private));
    }

    /// <summary>
    /// The private key as rspamd reads it: it takes PEM for RSA alone, and for Ed25519 the seed with the public key behind it in Base64, as
    /// <c>rspamadm dkim_keygen</c> writes it. Secret.
    /// </summary>
    public string RspamdPrivateKey()
    {
        using var reader = new PemReader(new StringReader(PrivateKeyPem));
        return reader.ReadObject() is Ed25519PrivateKeyParameters key
            ? $"{Convert.ToBase64String([.. key.GetEncoded(), .. key.GeneratePublicKey().GetEncoded()])}\n"
            : PrivateKeyPem;
    }

    /// <summary>Without the private key.</summary>
    public override string ToString() => $"{Algorithm} {Selector}";

    private static string Record(AsymmetricKeyParameter key) => key is Ed25519PublicKeyParameters ed25519
        ? $"v=DKIM1; k=ed25519; p={Convert.ToBase64String(ed25519.GetEncoded())}"
        : $"v=DKIM1; k=rsa; p={Convert.ToBase64String(Info(key).GetDerEncoded())}";

    private static SubjectPublicKeyInfo Info(AsymmetricKeyParameter key) => SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(key);

    /// <summary>Without the public half beside it, which RFC 5958 allows and GnuTLS, and with it Exim, cannot read.</summary>
    private static PrivateKeyInfo Private(AsymmetricKeyParameter key) => key is Ed25519PrivateKeyParameters ed25519
        ? new PrivateKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), new DerOctetString(ed25519.GetEncoded()))
        : PrivateKeyInfoFactory.CreatePrivateKeyInfo(key);

    private static string Pem(AsymmetricKeyParameter key)
    {
        using var text = new StringWriter { NewLine = "\n" };
        using (var writer = new PemWriter(text))
        {
            writer.WriteObject(new Org.BouncyCastle.Utilities.IO.Pem.PemObject("PRIVATE KEY", Private(key).GetDerEncoded()));
        }

        return text.ToString();
    }
}
