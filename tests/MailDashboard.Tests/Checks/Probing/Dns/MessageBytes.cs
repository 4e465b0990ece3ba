using System.Buffers.Binary;
using System.Text;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Tests.Checks.Probing.Dns;

/// <summary>Writes DNS messages byte by byte, right ones and impossible ones.</summary>
internal sealed class MessageBytes
{
    private readonly List<byte> _bytes = [];

    /// <summary>A header; the counts are whatever the test says.</summary>
    public MessageBytes(ushort flags = 0x8180, int questions = 1, int answers = 0, int authorities = 0, int additionals = 0, ushort id = 0x1234)
    {
        UInt16(id).UInt16(flags).UInt16(questions).UInt16(answers).UInt16(authorities).UInt16(additionals);
    }

    public int Position => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    public MessageBytes Bytes(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public MessageBytes UInt16(int value)
    {
        var two = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(two, (ushort)value);
        return Bytes(two);
    }

    public MessageBytes UInt32(uint value)
    {
        var four = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, value);
        return Bytes(four);
    }

    public MessageBytes Name(string name) => Bytes(NameBytes(name));

    public MessageBytes Pointer(int target) => UInt16(0xC000 | target);

    public MessageBytes Question(string name, DnsRecordType type) => Name(name).UInt16((int)type).UInt16(1);

    public MessageBytes Record(string name, DnsRecordType type, uint ttl, params byte[] data) => Name(name).Tail(type, ttl, data);

    public MessageBytes Tail(DnsRecordType type, uint ttl, params byte[] data) =>
        UInt16((int)type).UInt16(1).UInt32(ttl).UInt16(data.Length).Bytes(data);

    public static byte[] NameBytes(string name)
    {
        var bytes = new List<byte>();
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.Latin1.GetBytes(label));
        }

        bytes.Add(0);
        return [.. bytes];
    }

    public static byte[] Text(params string[] parts) => [.. parts.SelectMany(p => Encoding.Latin1.GetBytes(p).Prepend((byte)p.Length))];

    public static byte[] Soa(string primary, uint minimum) =>
        [.. NameBytes(primary), .. NameBytes("hostmaster." + primary), 0, 0, 0, 7, .. new byte[12], (byte)(minimum >> 24), (byte)(minimum >> 16), (byte)(minimum >> 8), (byte)minimum];
}
