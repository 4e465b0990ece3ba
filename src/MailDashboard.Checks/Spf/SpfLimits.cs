namespace MailDashboard.Checks.Spf;

/// <summary>The limits of RFC 7208 §4.6.4.</summary>
public static class SpfLimits
{
    /// <summary>Terms that need DNS, in one evaluation.</summary>
    public const int Lookups = 10;

    /// <summary>Terms whose look-up finds nothing.</summary>
    public const int VoidLookups = 2;

    /// <summary>Names that one <c>mx</c> may lead to; more is an error.</summary>
    public const int Exchanges = 10;

    /// <summary>Names of a client that are looked at; more are ignored.</summary>
    public const int ClientNames = 10;

    /// <summary>A whole evaluation may take this long (at least 20 s are asked for).</summary>
    public static readonly TimeSpan Elapsed = TimeSpan.FromSeconds(30);
}
