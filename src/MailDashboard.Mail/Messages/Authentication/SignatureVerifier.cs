using System.Globalization;
using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.TagLists;
using MailDashboard.Mail.Headers;
using MailDashboard.Mail.Messages.Content;
using MimeKit;
using MimeKit.Cryptography;

namespace MailDashboard.Mail.Messages.Authentication;

/// <summary>
/// Verifies DKIM signatures (RFC 6376, 8301, 8463). The cryptography is MimeKit's; asked step by step, because "it fails" does not
/// say whether body, header or key is to blame.
/// </summary>
internal sealed class SignatureVerifier : DkimVerifierBase
{
    private static readonly string[] Needed = ["a", "b", "bh", "d", "h", "s"];
    private static readonly string[] Numbers = ["l", "t", "x"];

    private readonly KeyLocator _keys;

    public SignatureVerifier(KeyLocator keys)
        : base(keys)
    {
        _keys = keys;
        MinimumRsaKeyLength = DkimAnalyzer.MinimumBits;
    }

    public async Task<SignatureFacts> VerifyAsync(MimeMessage message, Header header, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var tags = TagList.Parse(header.Value);
        var field = DkimSignatureField.Parse(header.Value);
        var facts = new SignatureFacts(field with { Domain = HeaderFields.Clean(field.Domain, 260), Selector = HeaderFields.Clean(field.Selector, 260), Algorithm = HeaderFields.Clean(field.Algorithm, 60) }, SignatureResult.Malformed)
        {
            BodyLength = Number(tags["l"]),
            Expires = Number(tags["x"]) is { } ends and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(ends) : null,
        };
        if (FaultOf(tags, field) is { } fault)
        {
            return facts with { Fault = fault };
        }

        if (Algorithm(field.Algorithm) is not { } algorithm)
        {
            return facts with { Result = SignatureResult.WeakAlgorithm };
        }

        var (record, answer) = await _keys.FindAsync(field.Domain, field.Selector, cancellationToken).ConfigureAwait(false);
        facts = facts with { Answer = answer, Key = record };
        if (KeyFault(record, answer, algorithm) is { } keyFault)
        {
            return facts with { Result = keyFault };
        }

        if (record!.IsStrict && !DomainOf(Identity(tags, field)).Equals(field.Domain, StringComparison.OrdinalIgnoreCase))
        {
            return facts with { Fault = $"t=s; i={tags["i"]}" };
        }

        var result = await OwnThread.RunAsync(() => Verify(message, header, tags, field, algorithm, record), cancellationToken).ConfigureAwait(false);
        return facts with { Result = result == SignatureResult.Pass && facts.Expires < receivedAt ? SignatureResult.Expired : result };
    }

    /// <summary>Verifies an ARC-Message-Signature (RFC 8617 §4.1.2): one like any other, but that its <c>i=</c> counts and that it has no version.</summary>
    public async Task<SignatureResult> VerifyMessageSignatureAsync(MimeMessage message, Header header, CancellationToken cancellationToken)
    {
        var tags = TagList.Parse(header.Value);
        var field = DkimSignatureField.Parse(header.Value);
        if (SyntaxFault(tags) is not null || Unreadable(tags) is not null)
        {
            return SignatureResult.Malformed;
        }

        if (Algorithm(field.Algorithm) is not { } algorithm)
        {
            return SignatureResult.WeakAlgorithm;
        }

        var (record, answer) = await _keys.FindAsync(field.Domain, field.Selector, cancellationToken).ConfigureAwait(false);
        return KeyFault(record, answer, algorithm)
            ?? await OwnThread.RunAsync(() => Verify(message, header, tags, field, algorithm, record!), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the last of these fields of an ARC chain seals them all, itself without its signature (RFC 8617 §5.1.1).</summary>
    /// <param name="fields">Set by set from the first; in each the results, the signature and the seal.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> IsSealAsync(IReadOnlyList<Header> fields, CancellationToken cancellationToken)
    {
        var seal = fields[^1];
        var tags = TagList.Parse(seal.Value);
        if (tags["h"] is not null || Algorithm(tags["a"] ?? "") is not { } algorithm || tags["b"] is not { } signature || tags["d"] is not { Length: > 0 } domain || tags["s"] is not { Length: > 0 } selector)
        {
            return false;
        }

        var (record, answer) = await _keys.FindAsync(domain, selector, cancellationToken).ConfigureAwait(false);
        if (KeyFault(record, answer, algorithm) is not null || KeyLocator.Read(record!) is not { } key)
        {
            return false;
        }

        // Of several fields of one name the lowest is taken first.
        var before = new MimeMessage(fields.SkipLast(1).Reverse());
        try
        {
            return VerifySignature(DosLines(), before, seal, algorithm, key, [.. fields.SkipLast(1).Select(f => f.Field)], DkimCanonicalizationAlgorithm.Relaxed, Squeeze(signature));
        }
        catch (Exception e) when (IsUnverifiable(e))
        {
            return false;
        }
    }

    private SignatureResult Verify(MimeMessage message, Header header, TagList tags, DkimSignatureField field, DkimSignatureAlgorithm algorithm, DkimKeyRecord record)
    {
        if (KeyLocator.Read(record) is not { } key)
        {
            return SignatureResult.KeyUnusable;
        }

        var options = DosLines();
        var canonical = (tags["c"] ?? "simple").ToLowerInvariant().Split('/');
        var length = tags["l"] is null ? -1 : (int)Math.Min(Number(tags["l"]) ?? 0, int.MaxValue);
        try
        {
            if (!VerifyBodyHash(options, message, algorithm, Canonical(canonical.ElementAtOrDefault(1)), length, Squeeze(tags["bh"]!)))
            {
                return SignatureResult.BodyChanged;
            }

            var names = field.SignedFields.ToArray();
            return VerifySignature(options, message, header, algorithm, key, names, Canonical(canonical[0]), Squeeze(tags["b"]!))
                ? SignatureResult.Pass
                : SignatureResult.HeaderChanged;
        }
        catch (Exception e) when (IsUnverifiable(e))
        {
            return SignatureResult.HeaderChanged;
        }
    }

    private static FormatOptions DosLines()
    {
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        return options;
    }

    private static bool IsUnverifiable(Exception e) => e is FormatException or ArgumentException or Org.BouncyCastle.Crypto.CryptoException or InvalidOperationException;

    private static SignatureResult? KeyFault(DkimKeyRecord? record, DnsAnswer answer, DkimSignatureAlgorithm algorithm) => record switch
    {
        _ when !answer.IsDefinite => SignatureResult.NotAsked,
        null or { State: DkimKeyState.NotDkim } => SignatureResult.KeyMissing,
        { State: DkimKeyState.Revoked } => SignatureResult.KeyRevoked,
        { State: not DkimKeyState.Valid } => SignatureResult.KeyUnusable,
        _ when !record.AllowsSha256 || !record.AllowsMail || record.IsEd25519 != (algorithm == DkimSignatureAlgorithm.Ed25519Sha256) => SignatureResult.KeyUnusable,
        { IsEd25519: false, Key.Bits: < DkimAnalyzer.MinimumBits } => SignatureResult.KeyTooShort,
        _ => null,
    };

    /// <summary>What makes verifiers pass it over (RFC 6376 §3.5, §6.1.1); the words of the standard, for evidence.</summary>
    private static string? FaultOf(TagList tags, DkimSignatureField field)
    {
        if (tags["v"] != "1")
        {
            return $"v={tags["v"]}";
        }

        if (SyntaxFault(tags) is { } broken)
        {
            return broken;
        }

        if (!field.SignedFields.Contains("from"))
        {
            return $"h={tags["h"]}";
        }

        if (Unreadable(tags) is { } unreadable)
        {
            return $"{unreadable}={tags[unreadable]}";
        }

        // It must end after it was made.
        if (Number(tags["x"]) <= Number(tags["t"]))
        {
            return $"t={tags["t"]}; x={tags["x"]}";
        }

        var identity = Identity(tags, field);
        return identity.Contains('@', StringComparison.Ordinal) && DnsNames.IsEqualOrBelow(DomainOf(identity), field.Domain) ? null : $"i={identity}";
    }

    /// <summary>A part that is no tag, or a tag that is missing.</summary>
    private static string? SyntaxFault(TagList tags) =>
        tags.Faults.FirstOrDefault(f => f.Kind is TagFaultKind.Duplicate or TagFaultKind.NoEquals or TagFaultKind.BadName)?.Text
            ?? (Array.Find(Needed, t => string.IsNullOrWhiteSpace(tags[t])) is { } missing ? $"{missing}=" : null);

    /// <summary>The tag with a value that no verifier knows or that is no number; null where there is none.</summary>
    private static string? Unreadable(TagList tags)
    {
        if (tags["c"] is { } canonical && !canonical.ToLowerInvariant().Split('/', 2).All(c => c is "simple" or "relaxed"))
        {
            return "c";
        }

        if (tags["q"] is { } query && !query.Split(':').Any(q => q.Trim().Equals("dns/txt", StringComparison.OrdinalIgnoreCase)))
        {
            return "q";
        }

        return Array.Find(Numbers, t => tags[t] is { } number && (number.Length == 0 || !number.All(char.IsAsciiDigit)));
    }

    /// <summary>On whose behalf it was signed (<c>i=</c>); the whole domain's where that is not said.</summary>
    private static string Identity(TagList tags, DkimSignatureField field) => tags["i"] ?? $"@{field.Domain}";

    private static string DomainOf(string identity) => identity[(identity.LastIndexOf('@') + 1)..];

    private static DkimSignatureAlgorithm? Algorithm(string name) => name.ToLowerInvariant() switch
    {
        "rsa-sha256" => DkimSignatureAlgorithm.RsaSha256,
        "ed25519-sha256" => DkimSignatureAlgorithm.Ed25519Sha256,
        _ => null,
    };

    private static DkimCanonicalizationAlgorithm Canonical(string? name) =>
        name == "relaxed" ? DkimCanonicalizationAlgorithm.Relaxed : DkimCanonicalizationAlgorithm.Simple;

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
