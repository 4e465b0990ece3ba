using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.Monitoring.Persistence.Secrets;

/// <summary>AES-256-GCM over the XML of a Data Protection key: nonce, tag and text, in base64.</summary>
internal static class MasterKeyWrapping
{
    public const string ElementName = "masterKeyWrapped";

    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static XElement Wrap(byte[] key, XElement plain)
    {
        var text = Encoding.UTF8.GetBytes(plain.ToString(SaveOptions.DisableFormatting));
        var box = new byte[NonceLength + TagLength + text.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(box.AsSpan(0, NonceLength), text, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength));
        CryptographicOperations.ZeroMemory(text);
        return new XElement(ElementName, new XAttribute("algorithm", "aes-256-gcm"), Convert.ToBase64String(box));
    }

    /// <exception cref="CryptographicException">Another key wrapped it, or it was changed.</exception>
    public static XElement Unwrap(byte[] key, XElement wrapped)
    {
        var box = Convert.FromBase64String(wrapped.Value);
        var text = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(box.AsSpan(0, NonceLength), box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), text);
        return XElement.Parse(Encoding.UTF8.GetString(text));
    }
}

/// <summary>Wraps new keys of the ring.</summary>
internal sealed class MasterKeyXmlEncryptor(MasterKey key) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(MasterKeyWrapping.Wrap(key.Bytes(), plaintextElement), typeof(MasterKeyXmlDecryptor));
}

/// <summary>Unwraps keys of the ring. Data Protection makes it from the type name stored beside each key.</summary>
public sealed class MasterKeyXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        MasterKeyWrapping.Unwrap(services.GetRequiredService<MasterKey>().Bytes(), encryptedElement);
}
