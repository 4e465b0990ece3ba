using System.Collections.Immutable;
using MailDashboard.Checks.TagLists;

namespace MailDashboard.Checks.Dkim;

/// <summary>Whether a text is a key that verifiers accept.</summary>
public enum DkimKeyState
{
    /// <summary>A key that can be read. It may still be weak, or limited.</summary>
    Valid,

    /// <summary><c>p=</c> is empty: the owner withdrew this key (RFC 6376 §3.6.1).</summary>
    Revoked,

    /// <summary>Meant as a key, and broken.</summary>
    Invalid,

    /// <summary>Something else altogether.</summary>
    NotDkim,
}

/// <summary>A key record as published (RFC 6376 §3.6.1).</summary>
/// <param name="Text">Verbatim.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="State">Whether it is a key.</param>
/// <param name="KeyType">Value of <c>k=</c>, in the case it is written, which counts (RFC 6376 §3.2); <c>rsa</c> where absent.</param>
/// <param name="Key">The key itself; meaningful where the state is valid, its fault where it is invalid.</param>
public sealed record DkimKeyRecord(string Text, TagList Tags, DkimKeyState State, string KeyType, DkimPublicKey Key)
{
    /// <summary>The tag list breaks its grammar, which makes the whole record invalid; an empty part is forgiven everywhere.</summary>
    public bool HasBrokenSyntax => Tags.Faults.Any(f => f.Kind != TagFaultKind.Empty);

    /// <summary><c>v=</c> is <c>DKIM1</c> or absent; any other value makes verifiers discard the record.</summary>
    public bool HasKnownVersion => Tags["v"] is null or "DKIM1";

    /// <summary><c>v=</c> is there and not the first tag, which RFC 6376 §3.6.1 demands.</summary>
    public bool IsVersionLate => Tags["v"] is not null && Tags.Tags[0].Name != "v";

    /// <summary><c>k=</c> is a type that verifiers know.</summary>
    public bool HasKnownType => KeyType is "rsa" or "ed25519";

    /// <summary>Ed25519 (RFC 8463).</summary>
    public bool IsEd25519 => KeyType == "ed25519";

    /// <summary><c>t=y</c>: verifiers treat the mail as if it were not signed.</summary>
    public bool IsTesting => List("t").Contains("y");

    /// <summary><c>t=s</c>: the identity in <c>i=</c> must be the domain itself.</summary>
    public bool IsStrict => List("t").Contains("s");

    /// <summary><c>h=</c> is absent or allows SHA-256, the only hash still in use (RFC 8301 §3.1).</summary>
    public bool AllowsSha256 => Tags["h"] is null || List("h").Contains("sha256");

    /// <summary><c>s=</c> is absent or allows e-mail.</summary>
    public bool AllowsMail => Tags["s"] is null || List("s") is var services && (services.Contains("*") || services.Contains("email"));

    /// <summary>Reads one text. Never throws.</summary>
    public static DkimKeyRecord Parse(string text)
    {
        var tags = TagList.Parse(text);
        var type = tags["k"] ?? "rsa";
        DkimKeyRecord Is(DkimKeyState state, DkimPublicKey key = default) => new(text, tags, state, type, key);

        if (tags["p"] is not { } p)
        {
            // A text that announces itself as DKIM was meant as a key; anything else only happens to be there.
            return Is(text.Contains("DKIM1", StringComparison.OrdinalIgnoreCase) ? DkimKeyState.Invalid : DkimKeyState.NotDkim);
        }

        // p= is a policy in DMARC and the like: another version with another name is another kind of record.
        if (tags["v"] is { } version && !version.Contains("DKIM", StringComparison.OrdinalIgnoreCase))
        {
            return Is(DkimKeyState.NotDkim);
        }

        var shell = Is(DkimKeyState.Invalid);
        if (shell.HasBrokenSyntax || !shell.HasKnownVersion)
        {
            return shell;
        }

        if (p.Length == 0)
        {
            return Is(DkimKeyState.Revoked);
        }

        if (!shell.HasKnownType)
        {
            return shell;
        }

        var key = shell.IsEd25519 ? DkimPublicKey.Ed25519(p) : DkimPublicKey.Rsa(p);
        return Is(key.Fault == DkimKeyFault.None ? DkimKeyState.Valid : DkimKeyState.Invalid, key);
    }

    private ImmutableArray<string> List(string tag) =>
        Tags[tag] is { } value
            ? [.. value.Split(':', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(16).Select(v => v.ToLowerInvariant())]
            : [];
}
