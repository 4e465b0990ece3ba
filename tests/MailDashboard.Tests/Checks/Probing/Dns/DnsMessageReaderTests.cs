using System.Net;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Dns.Wire;
using static MailDashboard.Tests.Checks.Probing.Dns.MessageBytes;

namespace MailDashboard.Tests.Checks.Probing.Dns;

public sealed class DnsMessageReaderTests
{
    [Fact]
    public void Read_CompressedAnswer_GivesNamesAndAddress()
    {
        var bytes = new MessageBytes(answers: 1).Question("Example.COM", DnsRecordType.A).Pointer(12).Tail(DnsRecordType.A, 300, 192, 0, 2, 1).ToArray();

        var message = DnsMessageReader.Read(bytes)!;

        var record = Assert.IsType<AddressRecord>(Assert.Single(message.Answers).Record);
        Assert.Equal(new AddressRecord("example.com", 300, IPAddress.Parse("192.0.2.1")), record);
        Assert.Equal(new DnsQuestion("example.com", DnsRecordType.A), message.Question);
    }

    [Fact]
    public void Read_TextInParts_JoinsThemWithoutSeparator()
    {
        var record = One<TxtRecord>(DnsRecordType.TXT, Text("v=spf1 ", "-all"));

        Assert.Equal("v=spf1 -all", record.Text);
    }

    [Fact]
    public void Read_Utf8CutBetweenParts_IsOneCharacter()
    {
        var record = One<TxtRecord>(DnsRecordType.TXT, [2, (byte)'a', 0xC3, 1, 0xA9]);

        Assert.Equal("aé", record.Text);
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_AreKeptAsLatin1()
    {
        var record = One<TxtRecord>(DnsRecordType.TXT, [2, 0xFF, (byte)'x']);

        Assert.Equal("ÿx", record.Text);
    }

    [Fact]
    public void Read_EmptyText_IsEmpty()
    {
        Assert.Equal("", One<TxtRecord>(DnsRecordType.TXT, []).Text);
        Assert.Equal("", One<TxtRecord>(DnsRecordType.TXT, [0]).Text);
    }

    [Fact]
    public void Read_NullMx_HasEmptyExchange()
    {
        Assert.Equal("", One<MxRecord>(DnsRecordType.MX, [0, 0, 0]).Exchange);
    }

    [Fact]
    public void Read_LabelWithDotSpaceAndHighByte_IsEscapedAndWritesBackTheSame()
    {
        byte[] name = [5, (byte)'a', (byte)'.', (byte)' ', 0xE9, (byte)'\\', 0];

        var target = One<NameRecord>(DnsRecordType.PTR, name).Target;

        Assert.Equal(@"a\.\032\233\\", target);
        Span<byte> written = stackalloc byte[255];
        Assert.Equal(name, written[..DnsQueryWriter.WriteName(written, target)].ToArray());
    }

    [Fact]
    public void Read_Soa_GivesSerialAndMinimum()
    {
        var soa = One<SoaRecord>(DnsRecordType.SOA, Soa("ns.example", 900));

        Assert.Equal(new SoaRecord("a.example", 60, "ns.example", "hostmaster.ns.example", 7, 900), soa);
    }

    [Fact]
    public void Read_UnknownType_KeepsItsBytes()
    {
        Assert.Equal([3, 1, 1, 0xAB], One<RawRecord>(DnsRecordType.DS, [3, 1, 1, 0xAB]).Data.ToArray());
    }

    [Fact]
    public void Read_Tlsa_GivesItsParts()
    {
        var record = One<TlsaRecord>(DnsRecordType.TLSA, [3, 1, 2, 0xAB, 0xCD]);

        Assert.Equal((3, 1, 2), (record.Usage, record.Selector, record.MatchingType));
        Assert.Equal([0xAB, 0xCD], record.Association.ToArray());
    }

    [Fact]
    public void Read_Caa_GivesFlagsTagAndValue()
    {
        var record = One<CaaRecord>(DnsRecordType.CAA, [0x80, 5, .. "IsSue"u8, .. "ca.example"u8]);

        Assert.Equal(("issue", "ca.example", true), (record.Tag, record.Value, record.IsCritical));
    }

    [Fact]
    public void Read_CompressedServiceTarget_IsWrittenOut()
    {
        var bytes = new MessageBytes(answers: 1).Question("example", DnsRecordType.SRV).Pointer(12)
            .Tail(DnsRecordType.SRV, 60, 0, 1, 0, 2, 0, 25, 0xC0, 12).ToArray();

        var record = Assert.IsType<SrvRecord>(Assert.Single(DnsMessageReader.Read(bytes)!.Answers).Record);

        Assert.Equal((1, 2, 25, "example"), (record.Priority, record.Weight, record.Port, record.Target));
    }

    [Fact]
    public void Read_TtlWithTopBit_IsZero()
    {
        var bytes = new MessageBytes(answers: 1).Question("a", DnsRecordType.A).Record("a", DnsRecordType.A, 0x80000001, 192, 0, 2, 1).ToArray();

        Assert.Equal(0u, DnsMessageReader.Read(bytes)!.Answers[0].Record.Ttl);
    }

    [Fact]
    public void Read_OptWithExtendedError_GivesWholeCodeAndCleanText()
    {
        byte[] option = [0, 15, 0, 6, 0, 6, (byte)'b', (byte)'a', (byte)'d', 0x0A];
        var bytes = new MessageBytes(flags: 0x8182, additionals: 1).Question("a", DnsRecordType.A)
            .Bytes(0).UInt16(41).UInt16(1232).UInt32(0x01000000).UInt16(option.Length).Bytes(option).ToArray();

        var message = DnsMessageReader.Read(bytes)!;

        Assert.Equal(18, message.ResponseCode);
        Assert.Equal("EDE 6 (DNSSEC Bogus) bad?", message.ExtendedError);
    }

    [Fact]
    public void Read_TruncatedFlag_DoesNotNeedTheRest()
    {
        var bytes = new MessageBytes(flags: 0x8380, answers: 9).Question("a.example", DnsRecordType.A).Bytes(1, 2, 3).ToArray();

        Assert.True(DnsMessageReader.Read(bytes)!.IsTruncated);
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Read_ImpossibleMessage_IsNull(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        Assert.Null(DnsMessageReader.Read(bytes));
    }

    public static TheoryData<string, byte[]> Impossible() => new()
    {
        { "nothing", [] },
        { "half a header", [1, 2, 3, 4, 5] },
        { "two questions", new MessageBytes(questions: 2).Question("a", DnsRecordType.A).Question("b", DnsRecordType.A).ToArray() },
        { "pointer to itself", new MessageBytes().Pointer(12).UInt16(1).UInt16(1).ToArray() },
        { "pointer forward", new MessageBytes().Pointer(14).Name("a").UInt16(1).UInt16(1).ToArray() },
        { "pointers in a circle", new MessageBytes(answers: 1).Question("a", DnsRecordType.A).Pointer(21).Pointer(19).Tail(DnsRecordType.A, 1, 1, 1, 1, 1).ToArray() },
        { "label of 64 octets", new MessageBytes().Bytes([64, .. new byte[64], 0]).UInt16(1).UInt16(1).ToArray() },
        { "name over 255 octets", new MessageBytes().Name(string.Join('.', Enumerable.Repeat(new string('a', 63), 4))).UInt16(1).UInt16(1).ToArray() },
        { "fewer answers than said", new MessageBytes(answers: 2).Question("a", DnsRecordType.A).Record("a", DnsRecordType.A, 1, 1, 1, 1, 1).ToArray() },
        { "data shorter than said", new MessageBytes(answers: 1).Question("a", DnsRecordType.A).Name("a").UInt16(16).UInt16(1).UInt32(1).UInt16(500).Bytes(1, 2).ToArray() },
        { "address of three octets", new MessageBytes(answers: 1).Question("a", DnsRecordType.A).Record("a", DnsRecordType.A, 1, 1, 1, 1).ToArray() },
        { "text part beyond the data", new MessageBytes(answers: 1).Question("a", DnsRecordType.TXT).Record("a", DnsRecordType.TXT, 1, 5, 65).ToArray() },
        { "exchange beyond the data", new MessageBytes(answers: 1).Question("a", DnsRecordType.MX).Name("a").UInt16(15).UInt16(1).UInt32(1).UInt16(3).UInt16(10).Name("mx.example").ToArray() },
    };

    [Fact]
    public void Read_LongChainOfPointers_EndsQuickly()
    {
        var message = new MessageBytes(answers: 1).Question("a", DnsRecordType.A);
        var first = message.Position;
        message.Pointer(12);
        for (var i = 0; i < 8000; i++)
        {
            message.Pointer(first + (2 * i));
        }

        Assert.Null(DnsMessageReader.Read(message.ToArray()));
    }

    [Fact]
    public void Read_MutatedMessages_NeverThrows()
    {
        var random = new Random(20261123);
        var seed = new MessageBytes(answers: 4, authorities: 1, additionals: 1).Question("mail.example.com", DnsRecordType.MX)
            .Pointer(12).Tail(DnsRecordType.MX, 60, [0, 10, 0xC0, 12])
            .Pointer(12).Tail(DnsRecordType.TXT, 60, Text("hello", "world"))
            .Pointer(12).Tail(DnsRecordType.CNAME, 60, NameBytes("b.example"))
            .Pointer(17).Tail(DnsRecordType.SRV, 60, [0, 1, 0, 1, 0, 25, 0xC0, 12])
            .Pointer(17).Tail(DnsRecordType.SOA, 60, Soa("ns.example", 5))
            .Bytes(0).UInt16(41).UInt16(1232).UInt32(0).UInt16(6).Bytes(0, 15, 0, 2, 0, 6).ToArray();
        Assert.NotNull(DnsMessageReader.Read(seed));

        for (var round = 0; round < 20_000; round++)
        {
            var bytes = (byte[])seed.Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var message = DnsMessageReader.Read(bytes.AsSpan(0, random.Next(bytes.Length + 1)));
            if (message?.Question is { } question)
            {
                AnswerChain.Follow(message, question);
            }
        }
    }

    private static T One<T>(DnsRecordType type, byte[] data)
        where T : DnsRecord
    {
        var bytes = new MessageBytes(answers: 1).Question("a.example", type).Record("a.example", type, 60, data).ToArray();
        return Assert.IsType<T>(Assert.Single(DnsMessageReader.Read(bytes)!.Answers).Record);
    }
}
