using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Tests.Monitoring.MessageTests;

public sealed class MessageTestRulesTests
{
    [Theory]
    [InlineData(TestAddressing.PlusAddress, "tests+k7f3@example.org")]
    [InlineData(TestAddressing.CatchAll, "k7f3@example.org")]
    [InlineData(TestAddressing.None, null)]
    public void Address_OfATest(TestAddressing addressing, string? expected) => Assert.Equal(expected, MessageTestRules.Address("tests@example.org", addressing, "k7f3"));

    [Fact]
    public void NewToken_IsLongLowerCaseAndNeverTheSame()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => MessageTestRules.NewToken()).ToList();

        Assert.Equal(1000, tokens.Distinct().Count());
        Assert.All(tokens, t => Assert.Matches("^[a-z2-9]{20}$", t));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(119, 3)]
    [InlineData(120, 10)]
    [InlineData(601, 30)]
    public void Pace_IsQuickAtFirst(int age, int expected) => Assert.Equal(expected, MessageTestRules.Pace(TimeSpan.FromSeconds(age)).TotalSeconds);

    [Fact]
    public void Problem_IsReadBackAndCut()
    {
        var stored = new MessageTestProblem(MessageTestProblem.Mailbox, "Reading: a|b" + new string('x', 2000)).Stored;

        var read = MessageTestProblem.Read(stored)!;

        Assert.Equal(MessageTestProblem.Mailbox, read.Kind);
        Assert.StartsWith("Reading: a|b", read.Detail, StringComparison.Ordinal);
        Assert.InRange(stored.Length, 1, 1100);
        Assert.Null(MessageTestProblem.Read(null));
    }
}
