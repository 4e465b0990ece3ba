using MailDashboard.Monitoring.Wizard;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Wizard;

/// <summary>
/// One open set-up: what the page and its step share. Everything is stored through it, one change at a time and with the role asked for
/// again; what somebody else changed is told and not overwritten.
/// </summary>
public sealed class WizardSession(WizardRun run, WizardRuns runs, Authorizer authorizer, NavigationManager navigation, Action changed) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>As it was stored last.</summary>
    public WizardRun Run { get; private set; } = run;

    public WizardState State => Run.State;

    /// <summary>Somebody else changed the set-up; nothing is stored until the person has seen it.</summary>
    public bool IsOvertaken { get; private set; }

    /// <summary>Somebody discarded it.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Stores a change of the state.</summary>
    /// <param name="change">From what is stored to what is to be stored.</param>
    /// <param name="step">The step to go on with; null stays.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False where it was not stored; the page says why.</returns>
    public Task<bool> SaveAsync(Func<WizardState, WizardState> change, WizardStep? step, CancellationToken cancellationToken) =>
        ChangeAsync(run => runs.SaveAsync(run, change(run.State), step ?? run.Step, cancellationToken), cancellationToken);

    /// <summary>Does something to the stored set-up that it answers with.</summary>
    public async Task<bool> ChangeAsync(Func<WizardRun, Task<WizardSaved>> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsOvertaken || IsGone)
            {
                return false;
            }

            await authorizer.DemandAsync(Policies.Administer, cancellationToken);
            var saved = await change(Run);
            (Run, IsOvertaken, IsGone) = (saved is WizardSaved.Done done ? done.Run : Run, saved is WizardSaved.ChangedMeanwhile, saved is WizardSaved.Gone);
            return saved is WizardSaved.Done;
        }
        finally
        {
            _turn.Release();
            changed();
        }
    }

    /// <summary>Shows a step; null the summary.</summary>
    public void GoTo(WizardStep? step) => navigation.NavigateTo(Href(Run.Id, step));

    public static string Href(int id, WizardStep? step) => step is { } one ? $"wizard/{id}/{one.ToString().ToLowerInvariant()}" : $"wizard/{id}";

    public void Dispose() => _turn.Dispose();
}
