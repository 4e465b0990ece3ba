using MailDashboard.Monitoring.Wizard;
using MailDashboard.Web.Domains;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MailDashboard.Web.Wizard;

/// <summary>Where a set-up begins, with the name of the domain alone, or is taken up again.</summary>
public sealed partial class WizardStartPage
{
    private const string DomainField = "domain";

    private IReadOnlyList<WizardRun>? _unfinished;
    private IReadOnlyList<WizardRun> _next = [];
    private string _typed = "";

    /// <summary>The domain that another page proposes.</summary>
    [SupplyParameterFromQuery(Name = "domain")]
    private string? Proposed { get; set; }

    [Inject]
    private WizardRuns Runs { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override string Failed(string what) => L["Failed", what];

    protected override async Task OnInitializedAsync()
    {
        _typed = Proposed ?? "";
        _next = await Runs.WithNextStageAsync(CancellationToken.None);
        _unfinished = await Runs.UnfinishedAsync(CancellationToken.None);
    }

    private Task StartAsync() => ChangeAsync(async () =>
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
                Errors[DomainField] = DomainProblems.Sentence(D, bad.Problem, bad.Suggestion);
                break;
        }
    });

    private async Task DiscardAsync(WizardRun run)
    {
        if (await Dialogs.ConfirmAsync(L["Start.Discard.Title", run.Domain.Display], L["Start.Discard.Text"], L["Start.Discard"]))
        {
            await ChangeAsync(async () =>
            {
                await Runs.DiscardAsync(run.Id, CancellationToken.None);
                _unfinished = await Runs.UnfinishedAsync(CancellationToken.None);
            });
        }
    }
}
