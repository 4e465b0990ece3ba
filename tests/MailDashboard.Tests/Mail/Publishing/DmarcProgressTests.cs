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
        var progress = DmarcProgress.Of(stage, Since, Proof(), Well, Now);

        Assert.Equal((next, Since.AddDays(days), true), (progress.Next, progress.Earliest, progress.IsReady));
    }

    [Fact]
    public void Of_LastStage_HasNoNext() => Assert.Equal((null, null, false), Of(DmarcProgress.Of(DmarcStage.Reject, Since, Proof(), Well, Now)));

    [Fact]
    public void Of_TooYoung_NamesTheDay()
    {
        var progress = DmarcProgress.Of(DmarcStage.Monitor, Now.AddDays(-10), Proof(from: -40), Well, Now);

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
        Assert.Equal(expected, string.Join(' ', DmarcProgress.Of(DmarcStage.Monitor, Since, Proof() with { Messages = messages, Aligned = aligned }, Well, Now).Missing.Select(m => m.Key)));

    [Fact]
    public void Of_ShareJustBelow_IsNotRoundedUp() =>
        Assert.Equal(["97.9", "98"], DmarcProgress.Of(DmarcStage.Monitor, Since, Proof() with { Messages = 10000, Aligned = 9799 }, Well, Now).Missing[0].Arguments);

    [Fact]
    public void Of_OwnSourceFails_IsNamed()
    {
        var missing = Assert.Single(DmarcProgress.Of(DmarcStage.Monitor, Since, Proof() with { FailingSources = ["newsletter", "192.0.2.7"] }, Well, Now).Missing);

        Assert.Equal(("StageFailingSources", "newsletter, 192.0.2.7"), (missing.Key, missing.Arguments[0]));
    }

    [Fact]
    public void Of_NoReports_IsNoProof() => Assert.Equal("StageNoReports", Assert.Single(DmarcProgress.Of(DmarcStage.Quarantine, Since, null, Well, Now).Missing).Key);

    [Theory]
    [InlineData(3, 0, "", true, "StageNoReports")]
    [InlineData(0, 0, "", true, "StageNoReports StageNoTest")]
    [InlineData(3, 1, "", true, "StageNoReports StageTestsFail")]
    [InlineData(3, 0, "SPF006 DKIM001", true, "StageNoReports StageFaults")]
    [InlineData(0, 0, "", false, "StageNoReports StageNotChecked StageNoTest")]
    public void Of_WhatWasSeenHere_AddsToWhatIsMissingAndReplacesNoReport(int passed, int failed, string faults, bool isChecked, string expected)
    {
        var signs = new DmarcSigns(passed, failed, [.. faults.Split(' ', StringSplitOptions.RemoveEmptyEntries)], isChecked);

        var progress = DmarcProgress.Of(DmarcStage.Monitor, Since, null, signs, Now);

        Assert.Equal(expected, string.Join(' ', progress.Missing.Select(m => m.Key)));
        Assert.False(progress.IsReady);
    }

    [Fact]
    public void Of_ReportsAreWellAndATestFails_IsNotReady() =>
        Assert.Equal("StageTestsFail", Assert.Single(DmarcProgress.Of(DmarcStage.Monitor, Since, Proof(), Well with { Failed = 1 }, Now).Missing).Key);

    [Fact]
    public void Of_RecordNotSeenYet_HasNoDate()
    {
        var progress = DmarcProgress.Of(DmarcStage.Quarantine, null, null, Well, Now);

        Assert.Equal((DmarcStage.Reject, null, "StageNotSeen"), (progress.Next!.Value, progress.Earliest, Assert.Single(progress.Missing).Key));
    }

    private static DmarcSigns Well { get; } = new(1, 0, [], IsChecked: true);

    private static DmarcEvidence Proof(int from = -40) => new(Now.AddDays(from), Now, 1000, 1000, []);

    private static (DmarcStage?, DateTimeOffset?, bool) Of(DmarcProgress progress) => (progress.Next, progress.Earliest, progress.IsReady);
}
