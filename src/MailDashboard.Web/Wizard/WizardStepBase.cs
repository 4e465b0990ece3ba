using System.Net.Sockets;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Wizard;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Wizard;

/// <summary>
/// What the steps share. Moving on checks what was entered and does what the step is for; going back, and leaving a step for later, only
/// keep what was entered.
/// </summary>
public abstract class WizardStepBase : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    [CascadingParameter]
    protected WizardSession Session { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<WizardTexts> L { get; set; } = default!;

    [Inject]
    protected Authorizer Authorizer { get; set; } = default!;

    [Inject]
    protected Announcer Announcer { get; set; } = default!;

    [Inject]
    protected TimeProvider Time { get; set; } = default!;

    /// <summary>Which one it is.</summary>
    protected abstract WizardStep Step { get; }

    /// <summary>What is wrong, by field.</summary>
    protected Dictionary<string, string> Errors { get; } = [];

    /// <summary>What failed as a whole; null where nothing did.</summary>
    protected string? Failure { get; set; }

    protected bool IsBusy { get; private set; }

    protected WizardRun Run => Session.Run;

    protected WizardState State => Session.State;

    /// <summary>Cancelled when the step is left.</summary>
    protected CancellationToken Gone => _gone.Token;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What was entered, whether it can be used or not.</summary>
    protected abstract WizardState Collect(WizardState state);

    /// <summary>Checks what was entered and does what the step is for.</summary>
    /// <returns>False stays on the step, which says why.</returns>
    protected virtual Task<bool> CompleteAsync() => Task.FromResult(true);

    protected string? Error(string field) => Errors.GetValueOrDefault(field);

    internal Task NextAsync() => DoAsync(async () =>
    {
        if (await CompleteAsync())
        {
            await MoveAsync(state => Collect(state).Pass(Step, skipped: false), WizardRules.After);
        }
    });

    internal Task LaterAsync() => DoAsync(() => MoveAsync(state => Collect(state).Pass(Step, skipped: true), WizardRules.After));

    internal Task BackAsync() => DoAsync(() => MoveAsync(Collect, WizardRules.Before));

    /// <summary>Runs what a button does: one at a time; a database that fails in the middle says so, and what was typed stays.</summary>
    protected async Task DoAsync(Func<Task> action)
    {
        if (IsBusy)
        {
            return;
        }

        IsBusy = true;
        Failure = null;
        Errors.Clear();
        try
        {
            await Authorizer.DemandAsync(Policies.Administer, Gone);
            await action();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The person went elsewhere.
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is SocketException or TimeoutException)
        {
            Failure = L["Failed", e.Message];
        }
        finally
        {
            IsBusy = false;
        }
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gone.Cancel();
            _gone.Dispose();
        }
    }

    private async Task MoveAsync(Func<WizardState, WizardState> change, Func<WizardState, WizardStep, WizardStep?> where)
    {
        var target = where(change(State), Step);
        if (await Session.SaveAsync(change, target ?? Step, Gone))
        {
            Session.GoTo(target);
        }
    }
}
