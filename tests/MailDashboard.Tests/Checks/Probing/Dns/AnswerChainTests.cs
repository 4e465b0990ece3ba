using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Dns.Wire;
using static MailDashboard.Tests.Checks.Probing.Dns.MessageBytes;

namespace MailDashboard.Tests.Checks.Probing.Dns;

public sealed class AnswerChainTests
{
    private static readonly DnsQuestion Question = new("a.example", DnsRecordType.A);

    [Fact]
    public void Follow_Aliases_CollectsThemAndTheLowestTtl()
    {
        var end = Follow(Message(answers: 3).Record("a.example", DnsRecordType.CNAME, 30, NameBytes("b.example"))
            .Record("b.example", DnsRecordType.CNAME, 90, NameBytes("c.example"))
            .Record("c.example", DnsRecordType.A, 60, 192, 0, 2, 1));

        Assert.Equal(DnsStatus.Answered, end.Status);
        Assert.Equal(["b.example", "c.example"], end.Aliases);
        Assert.Equal(30u, end.Ttl);
        Assert.Single(end.Records);
    }

    [Fact]
    public void Follow_RecordsOfAnotherName_AreNotBelieved()
    {
        var end = Follow(Message(answers: 1).Record("bank.example", DnsRecordType.A, 30, 192, 0, 2, 1));

        Assert.Equal(DnsStatus.NoData, end.Status);
        Assert.Empty(end.Records);
    }

    [Fact]
    public void Follow_Loop_IsAFailure()
    {
        var end = Follow(Message(answers: 2).Record("a.example", DnsRecordType.CNAME, 30, NameBytes("b.example"))
            .Record("b.example", DnsRecordType.CNAME, 30, NameBytes("a.example")));

        Assert.Equal(DnsStatus.ServFail, end.Status);
        Assert.Equal("CNAME loop", end.Detail);
    }

    [Fact]
    public void Follow_ChainWithoutEnd_IsAFailure()
    {
        var message = Message(answers: 40);
        for (var i = 0; i < 40; i++)
        {
            message.Record(i == 0 ? "a.example" : $"x{i}.example", DnsRecordType.CNAME, 30, NameBytes($"x{i + 1}.example"));
        }

        Assert.Equal(DnsStatus.ServFail, Follow(message).Status);
    }

    [Fact]
    public void Follow_AliasThatLeadsOut_MustBeAskedOn()
    {
        var end = Follow(Message(answers: 1).Record("a.example", DnsRecordType.CNAME, 30, NameBytes("b.elsewhere")));

        Assert.Null(end.Status);
        Assert.Equal(["b.elsewhere"], end.Aliases);
    }

    [Fact]
    public void Follow_AliasWithSoaOfItsTarget_IsNoData()
    {
        var end = Follow(Message(answers: 1, authorities: 1).Record("a.example", DnsRecordType.CNAME, 30, NameBytes("b.elsewhere"))
            .Record("elsewhere", DnsRecordType.SOA, 60, Soa("ns.elsewhere", 5)));

        Assert.Equal(DnsStatus.NoData, end.Status);
    }

    [Fact]
    public void Follow_NxDomainBehindAnAlias_IsNxDomain()
    {
        var end = Follow(Message(flags: 0x8183, answers: 1).Record("a.example", DnsRecordType.CNAME, 30, NameBytes("b.elsewhere")));

        Assert.Equal(DnsStatus.NxDomain, end.Status);
        Assert.Equal(["b.elsewhere"], end.Aliases);
    }

    [Fact]
    public void Follow_Referral_IsNoStatementThatNothingIsThere()
    {
        var end = Follow(Message(flags: 0x8000, authorities: 1).Record("example", DnsRecordType.NS, 30, NameBytes("ns.example")));

        Assert.Equal(DnsStatus.Malformed, end.Status);
    }

    [Fact]
    public void Follow_SameRecordTwice_IsOneRecord()
    {
        var end = Follow(Message(answers: 2).Record("a.example", DnsRecordType.A, 30, 192, 0, 2, 1).Record("a.example", DnsRecordType.A, 30, 192, 0, 2, 1));

        Assert.Single(end.Records);
    }

    [Theory]
    [InlineData(1, DnsStatus.Malformed, "FORMERR")]
    [InlineData(2, DnsStatus.ServFail, "SERVFAIL")]
    [InlineData(4, DnsStatus.Malformed, "NOTIMP")]
    [InlineData(5, DnsStatus.Refused, "REFUSED")]
    [InlineData(9, DnsStatus.Malformed, "NOTAUTH")]
    [InlineData(11, DnsStatus.Malformed, "response code 11")]
    public void Follow_ErrorCode_IsKeptApart(int code, DnsStatus status, string detail)
    {
        var end = Follow(Message(flags: (ushort)(0x8180 | code)));

        Assert.Equal(status, end.Status);
        Assert.Equal(detail, end.Detail);
    }

    private static MessageBytes Message(ushort flags = 0x8180, int answers = 0, int authorities = 0) =>
        new MessageBytes(flags, answers: answers, authorities: authorities).Question(Question.Name, Question.Type);

    private static ChainEnd Follow(MessageBytes bytes) => AnswerChain.Follow(DnsMessageReader.Read(bytes.ToArray())!, Question);
}
