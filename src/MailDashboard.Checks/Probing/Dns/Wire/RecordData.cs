using System.Net;
using System.Text;

namespace MailDashboard.Checks.Probing.Dns.Wire;

/// <summary>What stands before the data of a record.</summary>
internal readonly record struct RecordHead(string Name, DnsRecordType Type, ushort Class, uint RawTtl, ushort Length)
{
    /// <summary>Seconds; a value with the top bit set is zero (RFC 2181 §8).</summary>
    public uint Ttl => RawTtl > int.MaxValue ? 0 : RawTtl;

    public static RecordHead Read(ref DnsCursor cursor) =>
        new(cursor.Name(), (DnsRecordType)cursor.UInt16(), cursor.UInt16(), cursor.UInt32(), cursor.UInt16());
}

/// <summary>Reads the data of a record.</summary>
internal static class RecordData
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static DnsRecord Read(ref DnsCursor cursor, RecordHead head) => head.Type switch
    {
        DnsRecordType.A when head.Length == 4 => Address(ref cursor, head),
        DnsRecordType.AAAA when head.Length == 16 => Address(ref cursor, head),
        DnsRecordType.CNAME or DnsRecordType.NS or DnsRecordType.PTR => new NameRecord(head.Name, head.Ttl, head.Type, cursor.Name()),
        DnsRecordType.MX => new MxRecord(head.Name, head.Ttl, cursor.UInt16(), cursor.Name()),
        DnsRecordType.TXT => Text(ref cursor, head),
        DnsRecordType.SOA => Soa(ref cursor, head),
        DnsRecordType.SRV => new SrvRecord(head.Name, head.Ttl, cursor.UInt16(), cursor.UInt16(), cursor.UInt16(), cursor.Name()),
        DnsRecordType.TLSA when head.Length >= 3 => new TlsaRecord(
            head.Name, head.Ttl, cursor.Byte(), cursor.Byte(), cursor.Byte(), cursor.Take(head.Length - 3).ToArray()),
        DnsRecordType.CAA => Authorisation(ref cursor, head),
        DnsRecordType.A or DnsRecordType.AAAA or DnsRecordType.TLSA => Broken(ref cursor, head),
        _ => new RawRecord(head.Name, head.Ttl, head.Type, cursor.Take(head.Length).ToArray()),
    };

    private static RawRecord Broken(ref DnsCursor cursor, RecordHead head)
    {
        cursor.Fail();
        return new RawRecord(head.Name, head.Ttl, head.Type, default);
    }

    private static AddressRecord Address(ref DnsCursor cursor, RecordHead head)
    {
        var bytes = cursor.Take(head.Length);
        return new AddressRecord(head.Name, head.Ttl, cursor.HasFailed ? IPAddress.None : new IPAddress(bytes));
    }

    private static TxtRecord Text(ref DnsCursor cursor, RecordHead head)
    {
        var data = cursor.Take(head.Length);
        var joined = new byte[data.Length];
        var length = 0;
        while (data.Length > 0)
        {
            var part = data[0];
            if (part >= data.Length)
            {
                cursor.Fail();
                break;
            }

            data.Slice(1, part).CopyTo(joined.AsSpan(length));
            length += part;
            data = data[(part + 1)..];
        }

        return new TxtRecord(head.Name, head.Ttl, Decode(joined.AsSpan(0, length)));
    }

    /// <summary>UTF-8 where it is that, else Latin-1, so that no byte is lost.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Strict.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    private static SoaRecord Soa(ref DnsCursor cursor, RecordHead head)
    {
        var primary = cursor.Name();
        var contact = cursor.Name();
        var serial = cursor.UInt32();
        cursor.Take(12);
        return new SoaRecord(head.Name, head.Ttl, primary, contact, serial, cursor.UInt32());
    }

    private static DnsRecord Authorisation(ref DnsCursor cursor, RecordHead head)
    {
        var data = cursor.Take(head.Length);
        if (data.Length < 2 || data.Length < data[1] + 2)
        {
            return Broken(ref cursor, head);
        }

        var tag = Encoding.ASCII.GetString(data.Slice(2, data[1])).ToLowerInvariant();
        return new CaaRecord(head.Name, head.Ttl, data[0], tag, Decode(data[(data[1] + 2)..]));
    }
}
