namespace MailDashboard.Checks.Probing.Dns.Wire;

/// <summary>The flags that we set in a query (RFC 1035 §4.1.1, RFC 4035 §3.2).</summary>
internal static class QueryFlags
{
    private const ushort RecursionDesired = 0x0100;

    // Asks for the AD bit without DNSSEC records in the answer (RFC 6840 §5.7).
    private const ushort AuthenticData = 0x0020;
    private const ushort CheckingDisabled = 0x0010;

    /// <summary>For a zone's own server: no recursion, so that it answers for itself or not at all.</summary>
    public const ushort ForAuthority = 0;

    /// <summary>For a resolver.</summary>
    public static ushort ForResolver(bool checkingDisabled) => (ushort)(RecursionDesired | AuthenticData | (checkingDisabled ? CheckingDisabled : 0));
}
