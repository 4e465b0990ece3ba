using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Tests.Monitoring.Alerting;

/// <summary>The whole table, row by row: state × look → state × action.</summary>
public class AlertDecisionTests
{
    private static readonly AlertTimes Rule = new();
    private static readonly AlertThresholds Twice = AlertThresholds.Listing;
    private static readonly AlertThresholds Once = new(1, 1, false);
    private static readonly AlertThresholds Thrice = new(3, 3, false);
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, AlertLook.Present, false, AlertStatus.Pending, AlertAction.None)]
    [InlineData(null, AlertLook.Absent, false, null, AlertAction.None)]
    [InlineData(null, AlertLook.Undetermined, false, null, AlertAction.None)]
    [InlineData(AlertStatus.Pending, AlertLook.Present, false, AlertStatus.Pending, AlertAction.None)]
    [InlineData(AlertStatus.Pending, AlertLook.Present, true, AlertStatus.Open, AlertAction.Open)]
    [InlineData(AlertStatus.Pending, AlertLook.Absent, false, null, AlertAction.Drop)]
    [InlineData(AlertStatus.Pending, AlertLook.Absent, true, null, AlertAction.Drop)]
    [InlineData(AlertStatus.Pending, AlertLook.Undetermined, false, AlertStatus.Pending, AlertAction.None)]
    [InlineData(AlertStatus.Pending, AlertLook.Undetermined, true, AlertStatus.Pending, AlertAction.None)]
    [InlineData(AlertStatus.Open, AlertLook.Present, false, AlertStatus.Open, AlertAction.None)]
    [InlineData(AlertStatus.Open, AlertLook.Absent, false, AlertStatus.Resolving, AlertAction.None)]
    [InlineData(AlertStatus.Open, AlertLook.Undetermined, false, AlertStatus.Open, AlertAction.None)]
    [InlineData(AlertStatus.Resolving, AlertLook.Present, false, AlertStatus.Open, AlertAction.None)]
    [InlineData(AlertStatus.Resolving, AlertLook.Present, true, AlertStatus.Open, AlertAction.None)]
    [InlineData(AlertStatus.Resolving, AlertLook.Absent, false, AlertStatus.Resolving, AlertAction.None)]
    [InlineData(AlertStatus.Resolving, AlertLook.Absent, true, AlertStatus.Resolved, AlertAction.Resolve)]
    [InlineData(AlertStatus.Resolving, AlertLook.Undetermined, false, AlertStatus.Resolving, AlertAction.None)]
    [InlineData(AlertStatus.Resolving, AlertLook.Undetermined, true, AlertStatus.Resolving, AlertAction.None)]
    [InlineData(AlertStatus.Resolved, AlertLook.Present, false, AlertStatus.Pending, AlertAction.None)]
    [InlineData(AlertStatus.Resolved, AlertLook.Absent, false, AlertStatus.Resolved, AlertAction.None)]
    public void Decide_EachRow_GivesStateAndAction(AlertStatus? before, AlertLook look, bool second, AlertStatus? after, AlertAction action)
    {
        var due = before is AlertStatus.Pending or AlertStatus.Resolving ? Now : (DateTimeOffset?)null;
        var state = before is { } status ? new AlertState(status, due, 1, status == AlertStatus.Resolving ? 1 : 0) : null;

        var decided = AlertDecision.Decide(state, new AlertObservation(look, second), Twice, Rule, Now, 0.5);

        Assert.Equal((after, action), (decided.State?.Status, decided.Action));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(0.4, 66)]
    [InlineData(1, 75)]
    public void Decide_FirstSeen_LooksAgainWithinItsWindow(double jitter, int seconds)
    {
        var (state, _) = AlertDecision.Decide(null, new AlertObservation(AlertLook.Present, false), Twice, Rule, Now, jitter);

        Assert.Equal(Now.AddSeconds(seconds), state!.NextLookAt);
    }

    [Fact]
    public void Decide_SecondLookTooEarly_ConfirmsNothing()
    {
        var pending = new AlertState(AlertStatus.Pending, Now.AddSeconds(1));

        var (state, action) = AlertDecision.Decide(pending, new AlertObservation(AlertLook.Present, true), Twice, Rule, Now, 0);

        Assert.Equal((pending, AlertAction.None), (state, action));
    }

    [Fact]
    public void Decide_SecondLookCouldNotTell_TriesLater()
    {
        var (state, _) = AlertDecision.Decide(new AlertState(AlertStatus.Pending, Now), new AlertObservation(AlertLook.Undetermined, true), Twice, Rule, Now, 0);

        Assert.Equal(Now + Rule.RetryAfter, state!.NextLookAt);
    }

    [Fact]
    public void Decide_BackWithinTheHour_IsHeld()
    {
        var told = Now.AddMinutes(-10);

        var (state, _) = AlertDecision.Decide(null, new AlertObservation(AlertLook.Present, false, told), Twice, Rule, Now, 0);

        Assert.Equal(told + Rule.Hold, state!.NextLookAt);
    }

    [Fact]
    public void Decide_AlmostResolvedThenSeenAgain_StaysOpenWithoutASecondMail()
    {
        var (resolving, _) = AlertDecision.Decide(new AlertState(AlertStatus.Open, null), new AlertObservation(AlertLook.Absent, false), Twice, Rule, Now, 0);

        var (state, action) = AlertDecision.Decide(resolving, new AlertObservation(AlertLook.Present, true), Twice, Rule, Now.AddSeconds(90), 0);

        Assert.Equal((AlertStatus.Open, null, AlertAction.None), (state!.Status, state.NextLookAt, action));
    }

    [Fact]
    public void Decide_OnceIsEnough_OpensAndEndsAtTheFirstLook()
    {
        var (open, opened) = AlertDecision.Decide(null, new AlertObservation(AlertLook.Present, false), Once, Rule, Now, 0);
        var (over, ended) = AlertDecision.Decide(open, new AlertObservation(AlertLook.Absent, false), Once, Rule, Now, 0);

        Assert.Equal((AlertStatus.Open, AlertAction.Open, AlertStatus.Resolved, AlertAction.Resolve), (open!.Status, opened, over!.Status, ended));
    }

    [Fact]
    public void Decide_OneLookOfAListing_IsNeverEnough()
    {
        var (state, action) = AlertDecision.Decide(null, new AlertObservation(AlertLook.Present, false), new AlertThresholds(1, 1, true), Rule, Now, 0);

        Assert.Equal((AlertStatus.Pending, AlertAction.None), (state!.Status, action));
    }

    [Fact]
    public void Decide_ThreeLooks_CountOnlyWhenTheyAreDue()
    {
        var state = AlertDecision.Decide(null, new AlertObservation(AlertLook.Present, false), Thrice, Rule, Now, 0).State;
        state = AlertDecision.Decide(state, new AlertObservation(AlertLook.Present, false), Thrice, Rule, Now.AddSeconds(10), 0).State;
        Assert.Equal(1, state!.SeenInRow);

        state = AlertDecision.Decide(state, new AlertObservation(AlertLook.Present, false), Thrice, Rule, Now.AddSeconds(60), 0).State;
        Assert.Equal((AlertStatus.Pending, 2), (state!.Status, state.SeenInRow));

        (state, var action) = AlertDecision.Decide(state, new AlertObservation(AlertLook.Present, false), Thrice, Rule, Now.AddSeconds(120), 0);
        Assert.Equal((AlertStatus.Open, 3, AlertAction.Open), (state!.Status, state.SeenInRow, action));
    }

    [Fact]
    public void Decide_AlmostConfirmedThenGone_BeginsAnew()
    {
        var pending = new AlertState(AlertStatus.Pending, Now, 2);

        Assert.Equal((null, AlertAction.Drop), AlertDecision.Decide(pending, new AlertObservation(AlertLook.Absent, false), Thrice, Rule, Now, 0));
    }

    [Fact]
    public void Decide_UndeterminedInBetween_KeepsWhatWasCounted()
    {
        var (state, _) = AlertDecision.Decide(new AlertState(AlertStatus.Pending, Now, 2), new AlertObservation(AlertLook.Undetermined, false), Thrice, Rule, Now, 0);

        Assert.Equal((2, Now + Rule.RetryAfter), (state!.SeenInRow, state.NextLookAt));
    }

    [Fact]
    public void Decide_AlmostOverThenSeen_CountsTheEndAnew()
    {
        var resolving = new AlertState(AlertStatus.Resolving, Now, 5, 2);

        var (state, _) = AlertDecision.Decide(resolving, new AlertObservation(AlertLook.Present, false), Thrice, Rule, Now, 0);

        Assert.Equal(new AlertState(AlertStatus.Open, null, 5), state);
    }
}
