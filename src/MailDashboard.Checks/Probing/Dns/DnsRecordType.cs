namespace MailDashboard.Checks.Probing.Dns;

/// <summary>The record types that the checks ask for (IANA DNS parameters).</summary>
public enum DnsRecordType : ushort
{
    /// <summary>IPv4 address, RFC 1035.</summary>
    A = 1,

    /// <summary>Name server, RFC 1035.</summary>
    NS = 2,

    /// <summary>Alias, RFC 1035.</summary>
    CNAME = 5,

    /// <summary>Start of authority, RFC 1035.</summary>
    SOA = 6,

    /// <summary>Reverse name, RFC 1035.</summary>
    PTR = 12,

    /// <summary>Mail exchanger, RFC 1035 and 7505.</summary>
    MX = 15,

    /// <summary>Text, RFC 1035.</summary>
    TXT = 16,

    /// <summary>IPv6 address, RFC 3596.</summary>
    AAAA = 28,

    /// <summary>Service, RFC 2782.</summary>
    SRV = 33,

    /// <summary>Delegation signer, RFC 4034.</summary>
    DS = 43,

    /// <summary>Zone key, RFC 4034.</summary>
    DNSKEY = 48,

    /// <summary>TLS association, RFC 6698.</summary>
    TLSA = 52,

    /// <summary>Certification authority authorisation, RFC 8659.</summary>
    CAA = 257,
}
