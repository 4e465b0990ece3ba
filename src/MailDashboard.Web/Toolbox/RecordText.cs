using System.Globalization;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Web.Toolbox;

/// <summary>A record's data as people write it in a zone.</summary>
internal static class RecordText
{
    private const int MaximumLength = 4000;

    public static string Of(DnsRecord record)
    {
        var text = record switch
        {
            AddressRecord a => a.Address.ToString(),
            MxRecord mx => string.Create(CultureInfo.InvariantCulture, $"{mx.Preference} {(mx.Exchange.Length == 0 ? "." : mx.Exchange)}"),
            TxtRecord txt => txt.Text,
            NameRecord name => name.Target,
            SoaRecord soa => string.Create(CultureInfo.InvariantCulture, $"{soa.PrimaryServer} {soa.Contact} {soa.Serial} (negative TTL {soa.Minimum})"),
            SrvRecord srv => string.Create(CultureInfo.InvariantCulture, $"{srv.Priority} {srv.Weight} {srv.Port} {(srv.Target.Length == 0 ? "." : srv.Target)}"),
            TlsaRecord tlsa => string.Create(CultureInfo.InvariantCulture, $"{tlsa.Usage} {tlsa.Selector} {tlsa.MatchingType} {Convert.ToHexStringLower(tlsa.Association.Span)}"),
            CaaRecord caa => string.Create(CultureInfo.InvariantCulture, $"{caa.Flags} {caa.Tag} \"{caa.Value}\""),
            RawRecord raw => Convert.ToHexStringLower(raw.Data.Span),
            _ => record.ToString(),
        };
        return text.Length <= MaximumLength ? text : string.Concat(text.AsSpan(0, MaximumLength), "…");
    }
}
