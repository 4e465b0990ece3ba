namespace MailDashboard.Checks.Probing.Dns.Wire;

/// <summary>One record with its type, whatever it is.</summary>
internal readonly record struct TypedRecord(DnsRecordType Type, DnsRecord Record);

/// <summary>A response as far as we use it.</summary>
internal sealed record DnsMessage
{
    public required ushort Id { get; init; }

    /// <summary>The flags word as it came.</summary>
    public required ushort Flags { get; init; }

    /// <summary>With the upper bits of EDNS, where there is an OPT record (RFC 6891 §6.1.3).</summary>
    public int ResponseCode { get; init; }

    /// <summary>Null where the server left the question out, as some do with an error.</summary>
    public DnsQuestion? Question { get; init; }

    public IReadOnlyList<TypedRecord> Answers { get; init; } = [];

    /// <summary>The SOA of the authority section.</summary>
    public SoaRecord? Authority { get; init; }

    /// <summary>The authority section has NS records.</summary>
    public bool NamesServers { get; init; }

    /// <summary>An extended error (RFC 8914) in words; null where there is none.</summary>
    public string? ExtendedError { get; init; }

    public bool IsResponse => (Flags & 0x8000) != 0;

    public bool IsAuthoritative => (Flags & 0x0400) != 0;

    public bool IsTruncated => (Flags & 0x0200) != 0;

    public bool RecursionAvailable => (Flags & 0x0080) != 0;

    public bool IsAuthenticated => (Flags & 0x0020) != 0;
}
