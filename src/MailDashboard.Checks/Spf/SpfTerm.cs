namespace MailDashboard.Checks.Spf;

/// <summary>What a term of a record is (RFC 7208 §4.6.1).</summary>
public enum SpfTermKind
{
    /// <summary>It breaks the grammar; <see cref="SpfTerm.Error"/> says how.</summary>
    Invalid,

    /// <summary><c>all</c>, §5.1.</summary>
    All,

    /// <summary><c>include</c>, §5.2.</summary>
    Include,

    /// <summary><c>a</c>, §5.3.</summary>
    A,

    /// <summary><c>mx</c>, §5.4.</summary>
    Mx,

    /// <summary><c>ptr</c>, §5.5; discouraged.</summary>
    Ptr,

    /// <summary><c>ip4</c>, §5.6.</summary>
    Ip4,

    /// <summary><c>ip6</c>, §5.6.</summary>
    Ip6,

    /// <summary><c>exists</c>, §5.7.</summary>
    Exists,

    /// <summary><c>redirect=</c>, §6.1.</summary>
    Redirect,

    /// <summary><c>exp=</c>, §6.2.</summary>
    Explanation,

    /// <summary>Any other <c>name=value</c>; to be ignored, §6.</summary>
    UnknownModifier,
}

/// <summary>What a match of a directive means (RFC 7208 §4.6.2).</summary>
public enum SpfQualifier
{
    /// <summary><c>+</c>, the default.</summary>
    Pass,

    /// <summary><c>-</c></summary>
    Fail,

    /// <summary><c>~</c></summary>
    SoftFail,

    /// <summary><c>?</c></summary>
    Neutral,
}

/// <summary>How a term breaks the grammar.</summary>
public enum SpfSyntaxError
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>No mechanism has this name.</summary>
    UnknownMechanism,

    /// <summary><c>redirect:</c> or <c>exp:</c>, where <c>=</c> belongs.</summary>
    ModifierWithColon,

    /// <summary>The name of a modifier is not letter, then letters, digits, <c>-</c>, <c>_</c>, <c>.</c>.</summary>
    InvalidModifierName,

    /// <summary><c>redirect</c> or <c>exp</c> for the second time (§6).</summary>
    DuplicateModifier,

    /// <summary>A domain is needed and missing.</summary>
    MissingDomain,

    /// <summary>The domain does not end in a dot and a valid top label, or in a macro (§7.1).</summary>
    InvalidDomain,

    /// <summary>An IPv4 address where a domain belongs: <c>ip4:</c> was meant.</summary>
    AddressAsDomain,

    /// <summary>A <c>%</c> that begins no macro, or a macro that is not allowed here (§7.1).</summary>
    InvalidMacro,

    /// <summary>The term takes no argument, or not this kind.</summary>
    UnexpectedArgument,

    /// <summary>A prefix length that is no number, has leading zeros or is out of range (§5.6).</summary>
    InvalidPrefixLength,

    /// <summary>Not an address of the family that the mechanism names.</summary>
    InvalidAddress,

    /// <summary>A character that is not ASCII (§3.1).</summary>
    NonAscii,

    /// <summary>A control character; only spaces separate terms.</summary>
    ControlCharacter,
}

/// <summary>
/// One term, as positions in its record's text: nothing is copied while parsing. A value type, so that a record of
/// thirty terms is one array.
/// </summary>
public readonly record struct SpfTerm
{
    /// <summary>What it is.</summary>
    public SpfTermKind Kind { get; init; }

    /// <summary>What a match means; <see cref="SpfQualifier.Pass"/> for modifiers.</summary>
    public SpfQualifier Qualifier { get; init; }

    /// <summary>How it breaks the grammar.</summary>
    public SpfSyntaxError Error { get; init; }

    /// <summary>First character in the record.</summary>
    public int Start { get; init; }

    /// <summary>Number of characters.</summary>
    public int Length { get; init; }

    /// <summary>First character of the domain-spec or the modifier's value.</summary>
    public int ValueStart { get; init; }

    /// <summary>Number of characters of it; zero where there is none.</summary>
    public int ValueLength { get; init; }

    /// <summary>The value contains a macro.</summary>
    public bool HasMacro { get; init; }

    /// <summary>Prefix length that <c>a</c> and <c>mx</c> apply to IPv4: 0 to 32.</summary>
    public byte Ip4PrefixLength { get; init; }

    /// <summary>Prefix length that <c>a</c> and <c>mx</c> apply to IPv6: 0 to 128.</summary>
    public byte Ip6PrefixLength { get; init; }

    /// <summary>The network of <c>ip4</c> or <c>ip6</c>.</summary>
    public SpfNetwork Network { get; init; }

    /// <summary>Evaluating it costs one of the ten DNS look-ups (§4.6.4).</summary>
    public bool CostsLookup => Kind is SpfTermKind.Include or SpfTermKind.A or SpfTermKind.Mx
        or SpfTermKind.Ptr or SpfTermKind.Exists or SpfTermKind.Redirect;

    /// <summary>It is a mechanism with its qualifier, not a modifier.</summary>
    public bool IsDirective => Kind is >= SpfTermKind.All and <= SpfTermKind.Exists;
}
