using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Dns.Wire;

namespace MailDashboard.Tests.Checks.Probing.Dns;

public sealed class DnsQueryWriterTests
{
    private static readonly string Label63 = new('a', 63);

    [Fact]
    public void Write_Question_AsksForRecursionAndAuthenticData()
    {
        var bytes = Written(checkingDisabled: false, extended: true);

        Assert.Equal([0x12, 0x34, 0x01, 0x20, 0, 1, 0, 0, 0, 0, 0, 1, 1, (byte)'a', 0, 0, 16, 0, 1, 0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0], bytes);
    }

    [Fact]
    public void Write_CheckingDisabled_SetsTheBit()
    {
        Assert.Equal(0x30, Written(checkingDisabled: true, extended: false)[3]);
    }

    [Fact]
    public void Write_WithoutExtension_HasNoOptRecord()
    {
        Assert.Equal(19, Written(checkingDisabled: false, extended: false).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("com")]
    [InlineData("_dmarc.example.com")]
    [InlineData("a b.example")]
    [InlineData(@"a\b.example")]
    public void CanWrite_PossibleName_IsTrue(string name)
    {
        Assert.True(DnsQueryWriter.CanWrite(name));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("é.example")]
    [InlineData("日本.example")]
    public void CanWrite_ImpossibleName_IsFalse(string name)
    {
        Assert.False(DnsQueryWriter.CanWrite(name));
    }

    [Fact]
    public void CanWrite_Lengths_HaveTheirLimits()
    {
        Assert.True(DnsQueryWriter.CanWrite(Label63));
        Assert.False(DnsQueryWriter.CanWrite(Label63 + "a"));
        Assert.True(DnsQueryWriter.CanWrite($"{Label63}.{Label63}.{Label63}.{Label63[..61]}"));
        Assert.False(DnsQueryWriter.CanWrite($"{Label63}.{Label63}.{Label63}.{Label63[..62]}"));
        Assert.False(DnsQueryWriter.CanWrite(string.Join('.', Enumerable.Repeat("a", 1000))));
    }

    private static byte[] Written(bool checkingDisabled, bool extended)
    {
        var buffer = new byte[DnsQueryWriter.LongestQuery];
        var length = DnsQueryWriter.Write(buffer, 0x1234, new DnsQuestion("a", DnsRecordType.TXT), QueryFlags.ForResolver(checkingDisabled), extended);
        return buffer[..length];
    }
}
