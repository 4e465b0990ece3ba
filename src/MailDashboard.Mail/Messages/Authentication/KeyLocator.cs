using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Probing.Dns;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace MailDashboard.Mail.Messages.Authentication;

/// <summary>Finds keys for MimeKit by our own resolver, and remembers what it was told.</summary>
internal sealed class KeyLocator(IDnsResolver dns) : DkimPublicKeyLocatorBase
{
    /// <summary>The first question without a definite answer.</summary>
    public DnsAnswer? Unanswered { get; private set; }

    /// <summary>The key record of a selector, if any, and the answer.</summary>
    public async Task<(DkimKeyRecord? Record, DnsAnswer Answer)> FindAsync(string domain, string selector, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(DkimSelectors.RecordName(selector, domain), DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        Unanswered ??= answer.IsDefinite ? null : answer;
        return (answer.Texts.Take(10).Select(DkimKeyRecord.Parse).OrderBy(r => r.State).ThenByDescending(r => r.Key.Bits).FirstOrDefault(), answer);
    }

    /// <summary>The key in a form that MimeKit verifies with; null where it cannot. MimeKit's own reader refuses what RFC 6376 allows: blanks in the key, the bare PKCS#1 form.</summary>
    public static AsymmetricKeyParameter? Read(DkimKeyRecord record)
    {
        try
        {
            var key = record.Tags["p"] ?? "";
            return record.IsEd25519
                ? new Ed25519PublicKeyParameters(DkimPublicKey.Octets(key))
                : PublicKeyFactory.CreateKey(record.Key.IsBare ? DkimPublicKey.Wrapped(key) : DkimPublicKey.Octets(key));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or IOException or GeneralSecurityException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Keys are looked up asynchronously.");

    /// <inheritdoc/>
    public override async Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default)
    {
        var (record, _) = await FindAsync(domain, selector, cancellationToken).ConfigureAwait(false);
        return record is { State: DkimKeyState.Valid } && Read(record) is { } key ? key : throw new FormatException("There is no usable key.");
    }
}
