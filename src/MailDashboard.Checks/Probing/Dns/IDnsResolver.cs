namespace MailDashboard.Checks.Probing.Dns;

/// <summary>How a question may be answered.</summary>
[Flags]
public enum DnsOptions
{
    /// <summary>From the cache where the TTL allows.</summary>
    None = 0,

    /// <summary>Not from our own cache: a second look must not be the first one again. The answer is cached.</summary>
    Fresh = 1,

    /// <summary>Sets the CD bit (RFC 4035 §3.2.2), which tells a bogus zone from a dead one.</summary>
    CheckingDisabled = 2,
}

/// <summary>Asks DNS. Never throws for what the network does; only for cancellation by the caller.</summary>
public interface IDnsResolver
{
    /// <summary>Asks one question, following aliases.</summary>
    /// <param name="name">Any case, trailing dot or not; normalised here.</param>
    /// <param name="type">What to ask for.</param>
    /// <param name="options">How it may be answered.</param>
    /// <param name="cancellationToken">Gives up; the only reason to throw.</param>
    Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken);
}

/// <summary>Short forms.</summary>
public static class DnsResolverExtensions
{
    /// <summary>Asks one question; the cache may answer.</summary>
    public static Task<DnsAnswer> QueryAsync(this IDnsResolver resolver, string name, DnsRecordType type, CancellationToken cancellationToken) =>
        resolver.QueryAsync(name, type, DnsOptions.None, cancellationToken);
}
