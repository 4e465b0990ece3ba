using MailDashboard.Checks.Dane;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Dane;

public class TlsaUseTests
{
    private static readonly FakeChain Chain = new("mx.example.test");

    /// <summary>Every usage, selector and matching type, known and unknown.</summary>
    public static TheoryData<byte, byte, byte> Parameters()
    {
        var data = new TheoryData<byte, byte, byte>();
        foreach (var usage in new byte[] { 0, 1, 2, 3, 4, 255 })
        {
            foreach (var selector in new byte[] { 0, 1, 2, 255 })
            {
                foreach (var matching in new byte[] { 0, 1, 2, 3, 255 })
                {
                    data.Add(usage, selector, matching);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void FaultOf_RightData_IsThatOfTheFirstWrongParameter(byte usage, byte selector, byte matching)
    {
        var record = Record(usage, selector, matching, FakeChain.Association(Chain.Leaf, Math.Min(selector, (byte)1), Math.Min(matching, (byte)2)));

        var expected = usage < 2 ? TlsaFault.Pkix : usage > 3 ? TlsaFault.Usage : selector > 1 ? TlsaFault.Selector : matching > 2 ? TlsaFault.MatchingType : TlsaFault.None;
        Assert.Equal(expected, TlsaUse.FaultOf(record));
    }

    [Theory]
    [InlineData(1, 31, TlsaFault.Length)]
    [InlineData(1, 33, TlsaFault.Length)]
    [InlineData(1, 64, TlsaFault.Length)]
    [InlineData(1, 0, TlsaFault.Length)]
    [InlineData(2, 32, TlsaFault.Length)]
    [InlineData(2, 63, TlsaFault.Length)]
    [InlineData(0, 0, TlsaFault.Unreadable)]
    [InlineData(0, 32, TlsaFault.Unreadable)]
    public void FaultOf_WrongLength_IsAFault(byte matching, int length, TlsaFault expected)
    {
        Assert.Equal(expected, TlsaUse.FaultOf(Record(3, 0, matching, new byte[length])));
        Assert.Equal(expected, TlsaUse.FaultOf(Record(2, 1, matching, new byte[length])));
    }

    [Fact]
    public void FaultOf_WholeDataOfTheOtherKindOrWithMoreBehindIt_IsUnreadable()
    {
        var key = FakeChain.KeyOf(Chain.Leaf);

        Assert.Equal(TlsaFault.Unreadable, TlsaUse.FaultOf(Record(3, 0, 0, key)));
        Assert.Equal(TlsaFault.Unreadable, TlsaUse.FaultOf(Record(3, 1, 0, Chain.Leaf)));
        Assert.Equal(TlsaFault.Unreadable, TlsaUse.FaultOf(Record(3, 0, 0, [.. Chain.Leaf, 0])));
        Assert.Equal(TlsaFault.Unreadable, TlsaUse.FaultOf(Record(3, 1, 0, [.. key, 0])));
    }

    private static TlsaRecord Record(byte usage, byte selector, byte matching, byte[] data) => new("_25._tcp.mx.example.test", 3600, usage, selector, matching, data);
}
