using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Wizard;
using MailDashboard.Web.Account;
using MailDashboard.Web.Domains;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MailDashboard.Web.Wizard;

/// <summary>Where a set-up begins, with the name of the domain alone, or is taken up again.</summary>
public sealed partial class WizardStartPage
{
    private IReadOnlyList<WizardRun>? _unfinished;
    private string _typed = "";
    private string? _problem;
    private string? _failure;
    private bool _isBusy;

    /// <summary>The domain that another page proposes.</summary>
    [SupplyParameterFromQuery(Name = "domain")]
    private string? Proposed { get; set; }

    [Inject]
    private WizardRuns Runs { get; set; } = default!;

    [Inject]
    private Authorizer Authorizer { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _typed = Proposed ?? "";
        _unfinished = await Runs.UnfinishedAsync(CancellationToken.None);
    }

    private Task StartAsync() => DoAsync(async () =>
    {
        switch (await Runs.StartAsync(_typed, await Authorizer.UserNameAsync(), CancellationToken.None))
        {
            case WizardStart.Started started:
                Navigation.NavigateTo(WizardSession.Href(started.Run.Id, started.Run.Step));
                break;
            case WizardStart.Resumed resumed:
                Navigation.NavigateTo(WizardSession.Href(resumed.Run.Id, resumed.Run.Step));
                break;
            case WizardStart.BadName bad:
                _problem = DomainProblems.Sentence(D, bad.Problem, bad.Suggestion);
                break;
        }
    });

    private async Task DiscardAsync(WizardRun run)
    {
        if (await Dialogs.ConfirmAsync(L["Start.Discard.Title", run.Domain.Display], L["Start.Discard.Text"], L["Start.Discard"]))
        {
            await DoAsync(async () =>
            {
                await Runs.DiscardAsync(run.Id, CancellationToken.None);
                _unfinished = await Runs.UnfinishedAsync(CancellationToken.None);
            });
        }
    }

    private async Task DoAsync(Func<Task> action)
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _problem, _failure) = (true, null, null);
        try
        {
            await Authorizer.DemandAsync(Policies.Administer);
            await action();
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            _failure = L["Failed", e.Message];
        }
        finally
        {
            _isBusy = false;
        }
    }
}
