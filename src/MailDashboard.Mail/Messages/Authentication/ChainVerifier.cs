using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MailDashboard.Checks.TagLists;
using MailDashboard.Mail.Headers;
using MimeKit;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace MailDashboard.Mail.Messages.Authentication;

/// <summary>
/// Validates an ARC chain (RFC 8617 §5.2). MimeKit's verifier fails a chain for results that it cannot parse, which the standard
/// leaves to the reader: large providers write such results.
/// </summary>
internal sealed partial class ChainVerifier(KeyLocator keys)
{
    private const int MaximumSets = 50;
    private static readonly string[] Fields = ["arc-authentication-results", "arc-message-signature", "arc-seal"];

    /// <summary>What breaks the chain, in the words of its fields; null where it is valid.</summary>
    public async Task<string?> FaultAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var sets = message.Headers
            .Where(h => Fields.Contains(h.Field.ToLowerInvariant()))
            .GroupBy(h => AuthenticationParser.Instance(h.Value))
            .OrderBy(g => g.Key)
            .Select(g => (Instance: g.Key, Headers: g.OrderBy(h => Array.IndexOf(Fields, h.Field.ToLowerInvariant())).ToList()))
            .ToList();
        if (sets.Count == 0)
        {
            return "i=";
        }

        for (var i = 0; i < sets.Count; i++)
        {
            var (instance, headers) = sets[i];
            if (instance != i + 1 || instance > MaximumSets || headers.Count != Fields.Length || headers.DistinctBy(h => h.Field.ToLowerInvariant()).Count() != Fields.Length)
            {
                return $"i={instance}";
            }

            var state = TagList.Parse(headers[^1].Value)["cv"];
            if (state != (i == 0 ? "none" : "pass"))
            {
                return $"i={instance}; cv={state}";
            }
        }

        var last = sets[^1].Headers[1];
        if (await new SignatureVerifier(keys).VerifyMessageSignatureAsync(message, last, cancellationToken).ConfigureAwait(false) is var result && result != SignatureResult.Pass)
        {
            return $"{last.Field} i={sets.Count}: {result}";
        }

        for (var count = sets.Count; count > 0; count--)
        {
            if (!await IsSealedAsync([.. sets.Take(count).SelectMany(s => s.Headers)], cancellationToken).ConfigureAwait(false))
            {
                return $"{sets[count - 1].Headers[^1].Field} i={count}";
            }
        }

        return null;
    }

    /// <summary>The last of the fields seals them all, itself without its signature (RFC 8617 §5.1.1).</summary>
    private async Task<bool> IsSealedAsync(IReadOnlyList<Header> fields, CancellationToken cancellationToken)
    {
        var tags = TagList.Parse(fields[^1].Value);
        if (tags["h"] is not null || SignatureVerifier.Algorithm(tags["a"] ?? "") is not { } algorithm || tags["d"] is not { Length: > 0 } domain || tags["s"] is not { Length: > 0 } selector)
        {
            return false;
        }

        var (record, answer) = await keys.FindAsync(domain, selector, cancellationToken).ConfigureAwait(false);
        if (SignatureVerifier.KeyFault(record, answer, algorithm) is not null || KeyLocator.Read(record!) is not { } key)
        {
            return false;
        }

        var text = string.Join("\r\n", fields.SkipLast(1).Select(Relaxed).Append(Signature().Replace(Relaxed(fields[^1]), "$1")));
        try
        {
            return Verify(key, Encoding.Latin1.GetBytes(text), Convert.FromBase64String(SignatureVerifier.Squeeze(tags["b"] ?? "")));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or CryptoException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Verify(AsymmetricKeyParameter key, byte[] text, byte[] signature)
    {
        var signer = SignerUtilities.GetSigner(key is Ed25519PublicKeyParameters ? "Ed25519" : "SHA-256withRSA");
        signer.Init(false, key);
        signer.BlockUpdate(key is Ed25519PublicKeyParameters ? SHA256.HashData(text) : text);
        return signer.VerifySignature(signature);
    }

    /// <summary>Relaxed canonicalisation of a field (RFC 6376 §3.4.2), the only one that seals know; octet by octet.</summary>
    private static string Relaxed(Header field)
    {
        var value = Encoding.Latin1.GetString(field.RawValue).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        return $"{field.Field.ToLowerInvariant()}:{Blanks().Replace(value, " ").Trim(' ')}";
    }

    [GeneratedRegex("[ \t]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"((?:^[^:]*:|;) ?b ?=)[^;]*", RegexOptions.CultureInvariant)]
    private static partial Regex Signature();
}
