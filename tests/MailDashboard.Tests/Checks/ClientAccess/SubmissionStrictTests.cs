using MailDashboard.Checks;
using MailDashboard.Tests.Fakes;
using static MailDashboard.Tests.Checks.ClientAccess.ClientFamiliesTests;

namespace MailDashboard.Tests.Checks.ClientAccess;

/// <summary>What the strict profile asks of sending.</summary>
public class SubmissionStrictTests
{
    private const string Mail = "192.0.2.2";

    [Theory]
    [InlineData("PLAIN LOGIN", "SUB020")]
    [InlineData("SCRAM-SHA-256", "SUB020")]
    [InlineData("GSSAPI", "SUB020")]
    [InlineData("PLAIN XOAUTH2", "SUB021")]
    [InlineData("CRAM-MD5 EXTERNAL", "SUB021")]
    [InlineData("XOAUTH2 OAUTHBEARER", null)]
    [InlineData("EXTERNAL GSSAPI", null)]
    public async Task Run_StrictProfile_WantsMoreThanAPassword(string mechanisms, string? code)
    {
        var run = Run(new FakeServices().At(Mail, 465, o => o with { After = FakeServices.Offer(mechanisms.Split(' ')) }));

        Assert.Empty((await run.OfAsync(Check("SUB"))).Findings);

        var outcome = await (run with { Target = run.Target with { IsStrict = true } }).OfAsync(Check("SUB"));
        Assert.Equal(code is null ? [] : [code], FamilyRun.Codes(outcome, Severity.Info));
        Assert.All(outcome.Findings, f => Assert.Equal((Severity.Warning, At(465)), (f.Severity, f.Subject)));
        Assert.Contains(new Fact(At(465), "secondFactor", "unmeasured"), outcome.Details.Facts);
        Assert.Equal("full", Levels(outcome).Access);
    }
}
