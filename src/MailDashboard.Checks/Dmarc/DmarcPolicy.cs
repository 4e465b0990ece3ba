namespace MailDashboard.Checks.Dmarc;

/// <summary>What receivers are asked to do with mail that fails (RFC 9989 §4.7, tag <c>p</c>). Ordered: a larger value is stricter.</summary>
public enum DmarcPolicy
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Treat it as suspicious.</summary>
    Quarantine,

    /// <summary>Refuse it.</summary>
    Reject,
}

/// <summary>Policies as text.</summary>
public static class DmarcPolicies
{
    /// <summary>The policy as it stands in a record.</summary>
    public static string Keyword(this DmarcPolicy policy) => policy switch
    {
        DmarcPolicy.Reject => "reject",
        DmarcPolicy.Quarantine => "quarantine",
        _ => "none",
    };

    /// <summary>One level below, which is what <c>t=y</c> asks for (RFC 9989 §4.7).</summary>
    public static DmarcPolicy Lowered(this DmarcPolicy policy) => policy == DmarcPolicy.Reject ? DmarcPolicy.Quarantine : DmarcPolicy.None;

    /// <summary>Reads a keyword in any case; null where it is none of the three.</summary>
    public static DmarcPolicy? Read(string? keyword) => keyword?.ToLowerInvariant() switch
    {
        "none" => DmarcPolicy.None,
        "quarantine" => DmarcPolicy.Quarantine,
        "reject" => DmarcPolicy.Reject,
        _ => null,
    };
}
