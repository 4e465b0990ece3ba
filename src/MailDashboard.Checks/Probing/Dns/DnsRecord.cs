using System.Net;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>One record of an answer.</summary>
/// <param name="Name">Owner, lower case, without a trailing dot.</param>
/// <param name="Ttl">Seconds.</param>
public abstract record DnsRecord(string Name, uint Ttl);

/// <summary>A or AAAA.</summary>
public sealed record AddressRecord(string Name, uint Ttl, IPAddress Address) : DnsRecord(Name, Ttl);

/// <summary>MX (RFC 1035 §3.3.9). An exchange of the root (null MX, RFC 7505) is the empty string.</summary>
public sealed record MxRecord(string Name, uint Ttl, ushort Preference, string Exchange) : DnsRecord(Name, Ttl);

/// <summary>
/// TXT, its strings joined without a separator (RFC 7208 §3.3). Bytes that are not valid UTF-8 are kept as Latin-1
/// characters, so nothing is lost and a non-ASCII byte is always seen as a non-ASCII character.
/// </summary>
public sealed record TxtRecord(string Name, uint Ttl, string Text) : DnsRecord(Name, Ttl);

/// <summary>CNAME, NS or PTR: a record whose data is one name.</summary>
public sealed record NameRecord(string Name, uint Ttl, DnsRecordType Type, string Target) : DnsRecord(Name, Ttl);

/// <summary>SOA (RFC 1035 §3.3.13). <paramref name="Minimum"/> is the negative TTL in seconds (RFC 2308).</summary>
public sealed record SoaRecord(string Name, uint Ttl, string PrimaryServer, string Contact, uint Serial, uint Minimum) : DnsRecord(Name, Ttl);

/// <summary>SRV (RFC 2782). A target of the root, "decidedly not available here", is the empty string.</summary>
public sealed record SrvRecord(string Name, uint Ttl, ushort Priority, ushort Weight, ushort Port, string Target) : DnsRecord(Name, Ttl);

/// <summary>TLSA (RFC 6698 §2.1): certificate usage, selector, matching type, and what has to match.</summary>
public sealed record TlsaRecord(string Name, uint Ttl, byte Usage, byte Selector, byte MatchingType, ReadOnlyMemory<byte> Association) : DnsRecord(Name, Ttl);

/// <summary>CAA (RFC 8659 §4.1). The tag is in lower case; a value that is not UTF-8 is kept as Latin-1 characters.</summary>
public sealed record CaaRecord(string Name, uint Ttl, byte Flags, string Tag, string Value) : DnsRecord(Name, Ttl)
{
    /// <summary>An authority that does not know the tag must not issue (RFC 8659 §4.1).</summary>
    public bool IsCritical => (Flags & 0x80) != 0;
}

/// <summary>Any other type, as raw data.</summary>
public sealed record RawRecord(string Name, uint Ttl, DnsRecordType Type, ReadOnlyMemory<byte> Data) : DnsRecord(Name, Ttl);
