using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Tests.Monitoring.Alerting.Notices;

/// <summary>What was told × how the alert stands × what holds it → what is told, and when it is decided again.</summary>
public class NoticeDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);
    private static readonly NoticeSubject Open = new(AlertStatus.Open, Severity.Error, 2, Now);
    private static readonly NoticeState Told = new(Now.AddHours(-1), Now.AddHours(-1));

    [Theory]
    [InlineData(AlertStatus.Pending, false, Telling.Nothing)]
    [InlineData(AlertStatus.Open, false, Telling.Opened)]
    [InlineData(AlertStatus.Resolving, false, Telling.Opened)]
    [InlineData(AlertStatus.Resolved, false, Telling.Nothing)]
    [InlineData(AlertStatus.Open, true, Telling.Nothing)]
    [InlineData(AlertStatus.Resolving, true, Telling.Nothing)]
    [InlineData(AlertStatus.Resolved, true, Telling.Ended)]
    public void Decide_EachState_TellsOnceAndOfTheEndOnlyWhoWasTold(AlertStatus status, bool wasTold, Telling telling) =>
        Assert.Equal(telling, Decide(Open with { Status = status }, wasTold ? Told : new NoticeState()).Telling);

    [Fact]
    public void Decide_EndToldAlready_TellsNothing() =>
        Assert.Equal(NoticeVerdict.Nothing, Decide(Open with { Status = AlertStatus.Resolved }, Told with { EndToldAt = Now }));

    [Theory]
    [InlineData(1, 2, Telling.Nothing)]
    [InlineData(2, 2, Telling.Opened)]
    [InlineData(2, 5, Telling.Nothing)]
    [InlineData(5, 5, Telling.Opened)]
    public void Decide_EachRule_WaitsForItsOwnNumberOfLooks(int seen, int confirm, Telling telling) =>
        Assert.Equal(telling, Decide(Open with { SeenInRow = seen }, new NoticeState(), new RuleTerms { ConfirmAfter = confirm }).Telling);

    [Fact]
    public void Decide_OpenBeforeTheRuleWasMade_IsNotTold()
    {
        Assert.Equal(NoticeVerdict.Nothing, Decide(Open with { OpenedAt = Now.AddDays(-2) }, new NoticeState()));
        Assert.Equal(Telling.Opened, Decide(Open with { OpenedAt = Now.AddDays(-2) }, new NoticeState(IsOwed: true)).Telling);
    }

    [Fact]
    public void Decide_SeenAtTheFirstAudit_IsNotTold() => Assert.Equal(NoticeVerdict.Nothing, Decide(Open with { IsOldNews = true }, new NoticeState()));

    [Fact]
    public void Decide_NotLongEnough_WaitsUntilThen() =>
        Assert.Equal(new NoticeVerdict(Telling.Nothing, Now.AddHours(5)), Decide(Open with { NotBefore = Now.AddHours(5) }, new NoticeState()));

    [Fact]
    public void Decide_Maintenance_HoldsTheBeginningAndNotTheEnd()
    {
        var covered = Open with { MaintenanceUntil = Now.AddHours(1) };

        Assert.Equal(new NoticeVerdict(Telling.Nothing, Now.AddHours(1), HoldReason.Maintenance), Decide(covered, new NoticeState()));
        Assert.Equal(Telling.Ended, Decide(covered with { Status = AlertStatus.Resolved }, Told).Telling);
        Assert.Equal(Telling.Nothing, Decide(covered with { Status = AlertStatus.Resolved }, new NoticeState(IsOwed: true)).Telling);
    }

    [Fact]
    public void Decide_Muted_HoldsEverythingUntilItsEnd()
    {
        var muted = Open with { MutedUntil = Now.AddHours(2) };

        Assert.Equal(new NoticeVerdict(Telling.Nothing, Now.AddHours(2), HoldReason.Muted), Decide(muted, new NoticeState()));
        Assert.Equal(HoldReason.Muted, Decide(muted with { Status = AlertStatus.Resolved }, Told).Held);
    }

    [Theory]
    [InlineData(Severity.Error, HoldReason.Quiet)]
    [InlineData(Severity.Critical, null)]
    public void Decide_QuietHours_HoldWhatDoesNotBreakThrough(Severity severity, HoldReason? held)
    {
        var terms = new RuleTerms { Quiet = new QuietHours(22 * 60, 7 * 60, "UTC", Severity.Critical) };

        var verdict = Decide(Open with { Severity = severity }, new NoticeState(), terms);

        Assert.Equal(held, verdict.Held);
        Assert.Equal(held is null ? null : Now.Date.AddHours(7), verdict.AgainAt?.UtcDateTime);
    }

    [Fact]
    public void Decide_QuietHoursThatNothingBreaks_HoldTheWorst() =>
        Assert.Equal(HoldReason.Quiet, Decide(Open with { Severity = Severity.Critical }, new NoticeState(), new RuleTerms { Quiet = new QuietHours(0, 600, "UTC", null) }).Held);

    [Fact]
    public void Decide_Reminder_ComesWhenItIsDueAndNotBefore()
    {
        var terms = new RuleTerms { RemindHours = 24 };

        Assert.Equal(new NoticeVerdict(Telling.Opened, Now.AddHours(24)), Decide(Open, new NoticeState(), terms));
        Assert.Equal(new NoticeVerdict(Telling.Nothing, Now.AddHours(23)), Decide(Open, Told, terms));
        Assert.Equal(new NoticeVerdict(Telling.Reminder, Now.AddHours(24)), Decide(Open, Told with { LastToldAt = Now.AddHours(-24) }, terms));
    }

    [Theory]
    [InlineData(AlertStatus.Open, true)]
    [InlineData(AlertStatus.Resolving, false)]
    public void Decide_AcknowledgedOrAlmostOver_RemindsNobody(AlertStatus status, bool acknowledged)
    {
        var alert = Open with { Status = status, IsAcknowledged = acknowledged };

        Assert.Equal(NoticeVerdict.Nothing, Decide(alert, Told with { LastToldAt = Now.AddDays(-9) }, new RuleTerms { RemindHours = 24 }));
    }

    [Fact]
    public void Decide_Momentary_IsToldOnceAndHasNoEnd()
    {
        var change = Open with { IsMomentary = true, SeenInRow = 1 };

        Assert.Equal(new NoticeVerdict(Telling.Opened), Decide(change, new NoticeState(), new RuleTerms { RemindHours = 1 }));
        Assert.Equal(NoticeVerdict.Nothing, Decide(change with { Status = AlertStatus.Resolved }, Told));
    }

    private static NoticeVerdict Decide(NoticeSubject alert, NoticeState told, RuleTerms? terms = null) =>
        NoticeDecision.Decide(told, alert, new ActiveRule(1, null, null, terms ?? new RuleTerms(), ImmutableArray.Create(1), Now.AddDays(-1)), Now);
}
