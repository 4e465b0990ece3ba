namespace MailDashboard.Checks.Spf;

/// <summary>Results of <c>check_host()</c> (RFC 7208 §2.6).</summary>
public enum SpfResult
{
    /// <summary>No record, or no domain to look at.</summary>
    None,

    /// <summary>The domain says nothing about this address.</summary>
    Neutral,

    /// <summary>The address may send.</summary>
    Pass,

    /// <summary>The address may not send.</summary>
    Fail,

    /// <summary>The address probably may not send.</summary>
    SoftFail,

    /// <summary>DNS could not tell now.</summary>
    TempError,

    /// <summary>The record cannot be interpreted.</summary>
    PermError,
}

/// <summary>What made an evaluation end in an error.</summary>
public enum SpfFault
{
    /// <summary>Nothing did.</summary>
    None,

    /// <summary>A term breaks the grammar.</summary>
    Syntax,

    /// <summary>More than one record (§4.5).</summary>
    SeveralRecords,

    /// <summary>More than ten terms that need DNS (§4.6.4).</summary>
    TooManyLookups,

    /// <summary>More than two terms whose look-up found nothing (§4.6.4).</summary>
    TooManyVoidLookups,

    /// <summary>More than ten names behind an <c>mx</c> (§4.6.4).</summary>
    TooManyExchanges,

    /// <summary>The target of <c>include</c> or <c>redirect</c> has no record (§5.2, §6.1).</summary>
    TargetWithoutRecord,

    /// <summary>DNS gave no definite answer, or not in time.</summary>
    Dns,
}

/// <summary>What an evaluation came to.</summary>
/// <param name="Result">The result.</param>
public sealed record SpfEvaluation(SpfResult Result)
{
    /// <summary>The domain's own words for a <see cref="SpfResult.Fail"/>, expanded; printable ASCII; else null (§6.2).</summary>
    public string? Explanation { get; init; }

    /// <summary>The directive that decided, as published; null where none matched.</summary>
    public string? MatchedTerm { get; init; }

    /// <summary>The domain whose record decided: the one asked for, or where redirects led.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Terms that needed DNS, over the whole evaluation; at most eleven.</summary>
    public int DnsLookups { get; init; }

    /// <summary>Terms whose look-up found nothing; at most three.</summary>
    public int VoidLookups { get; init; }

    /// <summary>What went wrong where the result is an error.</summary>
    public SpfFault Fault { get; init; }

    /// <summary>The term that went wrong, as published, or the name that could not be asked.</summary>
    public string? FaultTerm { get; init; }

    /// <summary>The whole record with everything it includes, where it was asked for.</summary>
    public SpfTree? Tree { get; init; }
}
