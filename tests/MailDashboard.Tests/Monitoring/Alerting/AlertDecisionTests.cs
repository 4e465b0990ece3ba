using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Tests.Monitoring.Alerting;

/// <summary>The whole table, row by row: state × look → state × action.</summary>
public class AlertDecisionTests
{
    private static readonly AlertTimes Rule = new();
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
        var state = before is { } status ? new AlertState(status, due) : null;

        var decided = AlertDecision.Decide(state, new AlertObservation(look, second), Rule, Now, 0.5);

        Assert.Equal((after, action), (decided.State?.Status, decided.Action));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(0.5, 75)]
    [InlineData(1, 90)]
    public void Decide_FirstSeen_LooksAgainWithinItsWindow(double jitter, int seconds)
    {
        var (state, _) = AlertDecision.Decide(null, new AlertObservation(AlertLook.Present, false), Rule, Now, jitter);

        Assert.Equal(Now.AddSeconds(seconds), state!.NextLookAt);
    }

    [Fact]
    public void Decide_SecondLookTooEarly_ConfirmsNothing()
    {
        var pending = new AlertState(AlertStatus.Pending, Now.AddSeconds(1));

        var (state, action) = AlertDecision.Decide(pending, new AlertObservation(AlertLook.Present, true), Rule, Now, 0);

        Assert.Equal((pending, AlertAction.None), (state, action));
    }

    [Fact]
    public void Decide_SecondLookCouldNotTell_TriesLater()
    {
        var (state, _) = AlertDecision.Decide(new AlertState(AlertStatus.Pending, Now), new AlertObservation(AlertLook.Undetermined, true), Rule, Now, 0);

        Assert.Equal(Now + Rule.RetryAfter, state!.NextLookAt);
    }

    [Fact]
    public void Decide_BackWithinTheHour_IsHeld()
    {
        var told = Now.AddMinutes(-10);

        var (state, _) = AlertDecision.Decide(null, new AlertObservation(AlertLook.Present, false, told), Rule, Now, 0);

        Assert.Equal(told + Rule.Hold, state!.NextLookAt);
    }

    [Fact]
    public void Decide_AlmostResolvedThenSeenAgain_StaysOpenWithoutASecondMail()
    {
        var (resolving, _) = AlertDecision.Decide(new AlertState(AlertStatus.Open, null), new AlertObservation(AlertLook.Absent, false), Rule, Now, 0);

        var (state, action) = AlertDecision.Decide(resolving, new AlertObservation(AlertLook.Present, true), Rule, Now.AddSeconds(90), 0);

        Assert.Equal((AlertStatus.Open, null, AlertAction.None), (state!.Status, state.NextLookAt, action));
    }
}
