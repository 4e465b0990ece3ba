using System.Globalization;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>Records as a person reads them in a transcript: the data alone, near to how a zone file has it.</summary>
public static class DnsRecordText
{
    private const int RawOctets = 200;

    /// <summary>The data of a record. Hostile text, as long as the record is.</summary>
    public static string Of(DnsRecord record) => record switch
    {
        AddressRecord r => r.Address.ToString(),
        MxRecord r => string.Create(CultureInfo.InvariantCulture, $"{r.Preference} {Name(r.Exchange)}"),
        TxtRecord r => r.Text,
        NameRecord r => r.Target,
        SoaRecord r => string.Create(CultureInfo.InvariantCulture, $"{r.PrimaryServer} {r.Contact} {r.Serial}"),
        SrvRecord r => string.Create(CultureInfo.InvariantCulture, $"{r.Priority} {r.Weight} {r.Port} {Name(r.Target)}"),
        TlsaRecord r => string.Create(CultureInfo.InvariantCulture, $"{r.Usage} {r.Selector} {r.MatchingType} {Convert.ToHexStringLower(r.Association.Span)}"),
        CaaRecord r => string.Create(CultureInfo.InvariantCulture, $"{r.Flags} {r.Tag} \"{r.Value}\""),
        RawRecord r => Convert.ToHexStringLower(r.Data.Span[..Math.Min(r.Data.Length, RawOctets)]),
        _ => record.ToString(),
    };

    private static string Name(string name) => name.Length == 0 ? "." : name;
}
