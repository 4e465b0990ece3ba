using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Tests.Checks.Probing.Dns;

public sealed class DnsAnswerTests
{
    private static readonly DnsQuestion Question = new("a.example", DnsRecordType.A);

    [Fact]
    public void WhyNot_Failure_NamesQuestionAndServer()
    {
        var answer = new DnsAnswer(Question, DnsStatus.ServFail) { Server = "192.0.2.53#53" };

        Assert.Equal(Reason.Of("DnsServFail", "a.example", "A", "192.0.2.53#53"), answer.WhyNot());
    }

    [Fact]
    public void WhyNot_NoServerAtAll_SaysThat()
    {
        Assert.Equal("DnsNoServers", new DnsAnswer(Question, DnsStatus.Unreachable).WhyNot().Key);
    }

    [Fact]
    public void Exchanges_InAnyOrder_BestComesFirst()
    {
        var answer = new DnsAnswer(Question, DnsStatus.Answered)
        {
            Records = [new MxRecord("a.example", 1, 20, "b"), new MxRecord("a.example", 1, 10, "z"), new MxRecord("a.example", 1, 10, "c")],
        };

        Assert.Equal(["c", "z", "b"], answer.Exchanges.Select(m => m.Exchange));
    }
}
