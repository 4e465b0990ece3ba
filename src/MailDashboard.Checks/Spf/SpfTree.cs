using System.Collections.Immutable;

namespace MailDashboard.Checks.Spf;

/// <summary>
/// A record with everything that it includes, whatever the client: what one evaluation costs at worst, and which term
/// costs it (RFC 7208 §4.6.4).
/// </summary>
/// <param name="Root">The domain's own record.</param>
/// <param name="Lookups">Terms that need DNS in an evaluation that reaches the end. A lower bound unless complete.</param>
/// <param name="Voids">Terms whose name has nothing; for <c>a</c>: neither an IPv4 nor an IPv6 address.</param>
/// <param name="IsComplete">Everything was followed: no bound was hit, no name hangs on the client, DNS answered throughout.</param>
public sealed record SpfTree(SpfTreeRecord Root, int Lookups, int Voids, bool IsComplete)
{
    /// <summary>Every term, in the order of evaluation, with the record that it stands in.</summary>
    public IEnumerable<(SpfTreeRecord Record, SpfNode Node)> Walk() => Walk(Root);

    private static IEnumerable<(SpfTreeRecord Record, SpfNode Node)> Walk(SpfTreeRecord record)
    {
        foreach (var node in record.Terms)
        {
            yield return (record, node);
            if (node.Included is { } included)
            {
                foreach (var below in Walk(included))
                {
                    yield return below;
                }
            }
        }
    }
}

/// <summary>What was found where a record was looked for.</summary>
public enum SpfRecordState
{
    /// <summary>One record that obeys the grammar.</summary>
    Valid,

    /// <summary>One record, and at least one of its terms breaks the grammar.</summary>
    Broken,

    /// <summary>The name exists and has no record.</summary>
    Missing,

    /// <summary>The name does not exist, or cannot.</summary>
    NoSuchName,

    /// <summary>More than one record.</summary>
    Several,

    /// <summary>DNS could not tell.</summary>
    Undetermined,
}

/// <summary>A record in the tree.</summary>
/// <param name="Domain">Where it is, lower case.</param>
/// <param name="State">What was found.</param>
public sealed record SpfTreeRecord(string Domain, SpfRecordState State)
{
    /// <summary>The SPF records found there, as published.</summary>
    public ImmutableArray<string> Texts { get; init; } = [];

    /// <summary>Its terms, in order.</summary>
    public ImmutableArray<SpfNode> Terms { get; init; } = [];

    /// <summary>Why DNS could not tell.</summary>
    public Reason? Failure { get; init; }
}

/// <summary>What is to be said about a term.</summary>
public enum SpfNote
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Never reached: it stands after <c>all</c>, or is a <c>redirect</c> beside one.</summary>
    Ignored,

    /// <summary>It breaks the grammar; <see cref="SpfNode.Error"/> says how.</summary>
    Syntax,

    /// <summary>Its name has nothing: a void look-up.</summary>
    Void,

    /// <summary>No question can be asked about its name.</summary>
    UnusableName,

    /// <summary>It leads back to a record on the way to it.</summary>
    Loop,

    /// <summary>Its name depends on the client or the sender, so it could not be followed.</summary>
    DependsOnMacro,

    /// <summary>More than ten names behind an <c>mx</c>.</summary>
    TooManyExchanges,

    /// <summary><c>exp</c> leads to no single text.</summary>
    NoExplanation,

    /// <summary>Not asked: the tree is larger than we follow.</summary>
    NotFollowed,

    /// <summary>DNS could not tell.</summary>
    Undetermined,
}

/// <summary>A term in the tree.</summary>
/// <param name="Text">As published.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Qualifier">What a match means.</param>
public sealed record SpfNode(string Text, SpfTermKind Kind, SpfQualifier Qualifier)
{
    /// <summary>The name that it is about; null where it has none or the name depends on the client.</summary>
    public string? Target { get; init; }

    /// <summary>The term as parsed.</summary>
    public SpfTerm Term { get; init; }

    /// <summary>How it breaks the grammar.</summary>
    public SpfSyntaxError Error => Term.Error;

    /// <summary>Look-ups that it costs itself: 0 or 1.</summary>
    public int Cost { get; init; }

    /// <summary>Look-ups that it costs with everything below it.</summary>
    public int TotalCost { get; init; }

    /// <summary>Look-ups spent once it has been evaluated, in an evaluation that reaches the end.</summary>
    public int Cumulative { get; init; }

    /// <summary>It is the one that asks for the eleventh look-up.</summary>
    public bool PassesLimit { get; init; }

    /// <summary>What is to be said about it.</summary>
    public SpfNote Note { get; init; }

    /// <summary>The record that <c>include</c> or <c>redirect</c> leads to, where it was followed.</summary>
    public SpfTreeRecord? Included { get; init; }

    /// <summary>Why DNS could not tell.</summary>
    public Reason? Failure { get; init; }
}
