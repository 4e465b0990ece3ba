using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Wizard;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Wizard;

/// <summary>
/// What the steps share. Moving on checks what was entered and does what the step is for; going back, and leaving a step for later, only
/// keep what was entered.
/// </summary>
public abstract class WizardStepBase : FormComponent
{
    [CascadingParameter]
    protected WizardSession Session { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<WizardTexts> L { get; set; } = default!;

    [Inject]
    protected Announcer Announcer { get; set; } = default!;

    [Inject]
    protected TimeProvider Time { get; set; } = default!;

    /// <summary>Which one it is.</summary>
    protected abstract WizardStep Step { get; }

    protected WizardRun Run => Session.Run;

    protected WizardState State => Session.State;

    protected override string Failed(string what) => L["Failed", what];

    /// <summary>What was entered, whether it can be used or not.</summary>
    protected abstract WizardState Collect(WizardState state);

    /// <summary>Checks what was entered and does what the step is for.</summary>
    /// <returns>False stays on the step, which says why.</returns>
    protected virtual Task<bool> CompleteAsync() => Task.FromResult(true);

    /// <summary>Shows what an account's store refused; true where it took everything.</summary>
    protected bool Show(IReadOnlyList<ProfileProblem> problems)
    {
        foreach (var problem in problems)
        {
            Errors[problem.Field] = L[$"ProfileFault.{problem.Fault}"];
        }

        return problems.Count == 0;
    }

    internal Task NextAsync() => ChangeAsync(async () =>
    {
        if (await CompleteAsync())
        {
            await MoveAsync(state => Collect(state).Pass(Step, skipped: false), WizardRules.After);
        }
    });

    internal Task LaterAsync() => ChangeAsync(() => MoveAsync(state => Collect(state).Pass(Step, skipped: true), WizardRules.After));

    internal Task BackAsync() => ChangeAsync(() => MoveAsync(Collect, WizardRules.Before));

    private async Task MoveAsync(Func<WizardState, WizardState> change, Func<WizardState, WizardStep, WizardStep?> where)
    {
        var target = where(change(State), Step);
        if (await Session.SaveAsync(change, target ?? Step, Gone))
        {
            Session.GoTo(target);
        }
    }
}
