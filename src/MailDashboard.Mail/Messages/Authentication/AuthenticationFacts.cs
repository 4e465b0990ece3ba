using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.ReverseDns;
using MailDashboard.Checks.Spf;
using MailDashboard.Mail.Headers;

namespace MailDashboard.Mail.Messages.Authentication;

/// <summary>The hop that handed the message over.</summary>
/// <param name="Received">The Received field about it, written by a host that is believed.</param>
/// <param name="FromTop">Which field it is, counted from the top and from 1.</param>
/// <param name="Address">The address of the sending server; null where the field names none.</param>
/// <param name="Helo">The name that it gave; empty where the field names none.</param>
public sealed record SendingHop(ReceivedHop Received, int FromTop, IPAddress? Address, string Helo);

/// <summary>SPF (RFC 7208) of both identities, evaluated now.</summary>
/// <param name="MailFrom">The reverse-path without brackets; empty for a bounce.</param>
/// <param name="Sender">Result for the reverse-path (for a bounce: for HELO); null where it could not be evaluated at all.</param>
/// <param name="Helo">Result for the HELO name; null where that is no name, or the same identity.</param>
public sealed record SpfFacts(string MailFrom, SpfEvaluation? Sender, SpfEvaluation? Helo)
{
    /// <summary>The domain that <see cref="Sender"/> is about.</summary>
    public string Domain { get; init; } = "";
}

/// <summary>How one signature ended.</summary>
public enum SignatureResult
{
    /// <summary>It verifies.</summary>
    Pass,

    /// <summary>The body is not the one that was signed.</summary>
    BodyChanged,

    /// <summary>The signed header fields are not those that were signed, or another key signed.</summary>
    HeaderChanged,

    /// <summary>DNS has no key under that name.</summary>
    KeyMissing,

    /// <summary>The key is withdrawn.</summary>
    KeyRevoked,

    /// <summary>There is a key record that no verifier can use for this signature.</summary>
    KeyUnusable,

    /// <summary>The key is shorter than verifiers accept.</summary>
    KeyTooShort,

    /// <summary>The signature cannot be read, or does not cover From.</summary>
    Malformed,

    /// <summary>SHA-1, or an algorithm that nobody knows.</summary>
    WeakAlgorithm,

    /// <summary>It had ended before the message arrived.</summary>
    Expired,

    /// <summary>DNS could not be asked for the key.</summary>
    NotAsked,
}

/// <summary>One DKIM-Signature (RFC 6376) and its end.</summary>
/// <param name="Field">Domain, selector, algorithm, signed fields.</param>
/// <param name="Result">How it ended.</param>
public sealed record SignatureFacts(DkimSignatureField Field, SignatureResult Result)
{
    /// <summary>The key; null where there is none.</summary>
    public DkimKeyRecord? Key { get; init; }

    /// <summary>The answer about the key; null where nothing was asked.</summary>
    public DnsAnswer? Answer { get; init; }

    /// <summary><c>l=</c>: only that many octets of the body are signed; null where all are.</summary>
    public long? BodyLength { get; init; }

    /// <summary><c>x=</c>: when it ends.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What is wrong with a malformed one.</summary>
    public string Fault { get; init; } = "";

    /// <summary>It verifies.</summary>
    public bool Passes => Result == SignatureResult.Pass;

    /// <summary>Selector and domain, as the name of the key record begins.</summary>
    public Subject Subject => Subject.Selector(HeaderFields.Clean($"{Field.Selector}._domainkey.{Field.Domain}", 260));
}

/// <summary>How the ARC chain (RFC 8617) ended.</summary>
/// <param name="IsValid">Every seal verifies, and the last signature too.</param>
/// <param name="Sets">The sets.</param>
public sealed record ArcFacts(bool IsValid, ImmutableArray<ArcSet> Sets)
{
    /// <summary>What is wrong with it, in the words of its fields.</summary>
    public string Fault { get; init; } = "";

    /// <summary>The question about a key that had no answer; then nothing is known of the chain.</summary>
    public DnsAnswer? Unanswered { get; init; }

    /// <summary>The last to seal it.</summary>
    public string Sealer => Sets is [.., var last] ? last.Domain : "";

    /// <summary>
    /// What the first intermediary saw of a method: <c>pass</c> where one of its results is that, else the first of them; null where
    /// it says nothing.
    /// </summary>
    /// <param name="method">spf, dkim or dmarc.</param>
    /// <param name="domain">Only results about this domain and those that name none; null for all.</param>
    public string? Saw(string method, string? domain = null)
    {
        var seen = Sets is [{ Results: { } results }, ..]
            ? results.Results.Where(r => r.Method == method && (domain is null || r.Domain is null || r.Domain == domain)).Select(r => r.Result).ToList()
            : [];
        return seen.Contains("pass") ? "pass" : seen.FirstOrDefault();
    }
}

/// <summary>The DMARC record of From, and the organizations of the authenticated domains.</summary>
/// <param name="Discovery">Which record holds.</param>
/// <param name="Organizations">Organizational domain by domain, where DNS could tell.</param>
public sealed record DmarcFacts(DmarcDiscovery Discovery, ImmutableDictionary<string, string> Organizations)
{
    /// <summary>Whether an authenticated domain is aligned with From (RFC 9989 §4.4); null where DNS could not tell.</summary>
    /// <param name="domain">The authenticated domain.</param>
    /// <param name="isStrict">Only the very same name.</param>
    public bool? IsAligned(string domain, bool isStrict) => Alignments.Compare(Discovery.Domain, domain, Organizations) switch
    {
        AlignmentKind.Strict => true,
        _ when isStrict => false,
        AlignmentKind.Relaxed => true,
        AlignmentKind.None => false,
        _ => null,
    };

    /// <summary>Whether a signer's domain is aligned in the mode that the record asks for; null where DNS could not tell.</summary>
    public bool? IsSignerAligned(string domain) => IsAligned(domain, IsStrict("adkim"));

    /// <summary>Whether the reverse-path's domain is aligned in the mode that the record asks for; null where DNS could not tell.</summary>
    public bool? IsSenderAligned(string domain) => IsAligned(domain, IsStrict("aspf"));

    private bool IsStrict(string tag) => string.Equals(Discovery.Source?.Record?[tag], "s", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The names of the sending server.</summary>
/// <param name="Reverse">Its reverse names, with their way back.</param>
/// <param name="Helo">A and AAAA of the HELO name; empty where that is no name.</param>
public sealed record HostFacts(ReversedAddress Reverse, ImmutableArray<DnsAnswer> Helo);
