using MailDashboard.Mail.Publishing;
using static MailDashboard.Tests.Mail.Publishing.PlanWorld;

namespace MailDashboard.Tests.Mail.Publishing;

public class DmarcProgressTests
{
    private static readonly DateTimeOffset Since = Now.AddDays(-40);

    [Theory]
    [InlineData(DmarcStage.Monitor, DmarcStage.TestQuarantine, 28)]
    [InlineData(DmarcStage.TestQuarantine, DmarcStage.Quarantine, 14)]
    [InlineData(DmarcStage.Quarantine, DmarcStage.Reject, 28)]
    public void Of_EnoughProof_TheNextMayBeTaken(DmarcStage stage, DmarcStage next, int days)
    {
        var progress = DmarcProgress.Of(stage, Since, Proof(), Now);

        Assert.Equal((next, Since.AddDays(days), true), (progress.Next, progress.Earliest, progress.IsReady));
    }

    [Fact]
    public void Of_LastStage_HasNoNext() => Assert.Equal((null, null, false), Of(DmarcProgress.Of(DmarcStage.Reject, Since, Proof(), Now)));

    [Fact]
    public void Of_TooYoung_NamesTheDay()
    {
        var progress = DmarcProgress.Of(DmarcStage.Monitor, Now.AddDays(-10), Proof(from: -40), Now);

        Assert.Equal(["StageTooYoung", "StageFewDays"], progress.Missing.Select(m => m.Key));
        Assert.Equal(["28", "2026-12-15"], progress.Missing[0].Arguments);
        Assert.Equal(["10", "28"], progress.Missing[1].Arguments);
    }

    [Theory]
    [InlineData(0, 0, "StageNoReports")]
    [InlineData(10, 10, "StageFewMessages")]
    [InlineData(1000, 979, "StageShare")]
    [InlineData(10000, 9799, "StageShare")]
    [InlineData(1000, 980, "")]
    public void Of_Share_CountsOnlyWhereThereIsMail(long messages, long aligned, string expected) =>
        Assert.Equal(expected, string.Join(' ', DmarcProgress.Of(DmarcStage.Monitor, Since, Proof() with { Messages = messages, Aligned = aligned }, Now).Missing.Select(m => m.Key)));

    [Fact]
    public void Of_ShareJustBelow_IsNotRoundedUp() =>
        Assert.Equal(["97.9", "98"], DmarcProgress.Of(DmarcStage.Monitor, Since, Proof() with { Messages = 10000, Aligned = 9799 }, Now).Missing[0].Arguments);

    [Fact]
    public void Of_OwnSourceFails_IsNamed()
    {
        var missing = Assert.Single(DmarcProgress.Of(DmarcStage.Monitor, Since, Proof() with { FailingSources = ["newsletter", "192.0.2.7"] }, Now).Missing);

        Assert.Equal(("StageFailingSources", "newsletter, 192.0.2.7"), (missing.Key, missing.Arguments[0]));
    }

    [Fact]
    public void Of_NoReports_IsNoProof() => Assert.Equal("StageNoReports", Assert.Single(DmarcProgress.Of(DmarcStage.Quarantine, Since, null, Now).Missing).Key);

    private static DmarcEvidence Proof(int from = -40) => new(Now.AddDays(from), Now, 1000, 1000, []);

    private static (DmarcStage?, DateTimeOffset?, bool) Of(DmarcProgress progress) => (progress.Next, progress.Earliest, progress.IsReady);
}
