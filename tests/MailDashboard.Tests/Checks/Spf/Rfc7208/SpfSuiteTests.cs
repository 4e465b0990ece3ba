using System.Net;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Tests.Checks.Spf.Rfc7208;

public class SpfSuiteTests
{
    private static readonly Dictionary<string, SpfSuiteCase> All = SpfSuite.Load().ToDictionary(c => c.Id);

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task CheckHost_SuiteCase_GivesResultAndExplanation(string id)
    {
        var test = All[id];
        var evaluator = new SpfEvaluator(test.Zone, TimeProvider.System);

        var evaluation = await evaluator.CheckHostAsync(
            SpfRequest.For(IPAddress.Parse(test.Host), test.Helo, test.MailFrom), TestContext.Current.CancellationToken);

        Assert.Contains(evaluation.Result.ToString(), test.Results, StringComparer.OrdinalIgnoreCase);
        if (test.Explanation is { } expected)
        {
            Assert.Equal(expected == "DEFAULT" ? null : expected, evaluation.Explanation);
        }
    }

    [Fact]
    public void Load_Suite_HasEveryCase() => Assert.Equal(203, All.Count);
}
