using System.Collections.Immutable;

namespace MailDashboard.Checks;

/// <summary>
/// One thing the product can say. Its texts are in the resources of its family, in English and French:
/// <c>{Code}.Title</c>, <c>{Code}.Explanation</c> (what it does to mail) and <c>{Code}.Remedy</c> (steps, one a line).
/// Texts may use <c>{domain}</c>, <c>{subject}</c>, <c>{name}</c>, <c>{list}</c> and the label of any evidence as placeholders.
/// </summary>
/// <param name="Code">Permanent: family prefix and three digits, never reused or renumbered.</param>
/// <param name="Severity">By consequence.</param>
/// <param name="Reference">The RFC and section, for example <c>RFC 7208 §4.6.4</c>.</param>
public sealed record FindingDefinition(string Code, Severity Severity, string Reference);

/// <summary>What was seen, verbatim. Hostile text: encode it wherever it is shown.</summary>
/// <param name="Label">Key of the label, <c>Evidence.{Label}</c> in the family's resources or <c>CommonTexts</c>.</param>
/// <param name="Value">What was seen; at most <see cref="MaximumLength"/> characters are kept.</param>
/// <param name="Source">The server that said it, where one did.</param>
public sealed record Evidence(string Label, string Value, string? Source = null)
{
    /// <summary>Longer values are cut, with an ellipsis.</summary>
    public const int MaximumLength = 4096;

    /// <summary>What was seen; cut to <see cref="MaximumLength"/>.</summary>
    public string Value { get; init; } = Value.Length <= MaximumLength ? Value : string.Concat(Value.AsSpan(0, MaximumLength - 1), "…");

    /// <summary>The server that said it; null where none did, as of a draft.</summary>
    public string? Source { get; init; } = string.IsNullOrEmpty(Source) ? null : Source;
}

/// <summary>A DNS record to publish, as a person types it into a console.</summary>
/// <param name="Name">Owner name, complete, without a trailing dot.</param>
/// <param name="Type">TXT, MX, CNAME …</param>
/// <param name="Value">The value as it is typed; for TXT without quotes.</param>
public sealed record ProposedRecord(string Name, string Type, string Value);

/// <summary>One finding about one subject.</summary>
/// <param name="Definition">What is being said.</param>
/// <param name="Subject">What it is said about.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Proposal">The record that would mend it, where one can be computed.</param>
/// <param name="SeverityOverride">
/// Where the same code weighs differently with the case (a listing by the weight of its list); null takes the definition's.
/// </param>
public sealed record Finding(
    FindingDefinition Definition,
    Subject Subject,
    ImmutableArray<Evidence> Evidence,
    ProposedRecord? Proposal = null,
    Severity? SeverityOverride = null)
{
    /// <summary>The permanent code.</summary>
    public string Code => Definition.Code;

    /// <summary>How much it matters here.</summary>
    public Severity Severity => SeverityOverride ?? Definition.Severity;
}
