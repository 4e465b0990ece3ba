using System.Collections.Immutable;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Wizard;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MailDashboard.Web.Wizard;

/// <summary>One set-up: the steps at the left, one task in the middle, what is proven at the right; without a step, the summary.</summary>
public sealed partial class WizardPage : IDisposable
{
    private WizardSession? _session;
    private WizardStep? _step;
    private ImmutableArray<WizardProof> _proofs = [];
    private bool _isLoaded;
    private bool _isFocusDue;
    private bool _isSomebodyTold;
    private int _round;

    [Parameter]
    public int Id { get; set; }

    /// <summary>Name of the step, in lower case; null shows the summary, or where it is unfinished the step that comes next.</summary>
    [Parameter]
    public string? StepName { get; set; }

    [Inject]
    private WizardRuns Runs { get; set; } = default!;

    [Inject]
    private OutboxStatus Outbox { get; set; } = default!;

    [Inject]
    private Authorizer Authorizer { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    private string Title => _session is null ? L["Title"] : _step is { } step ? L[$"Step.{step}.Title"] : L["Summary.Title", _session.Run.Domain.Display];

    private string Answer => _step is { } step
        ? L[$"Step.{step}.Why"]
        : _proofs.All(p => p.State == ProofState.Proven) ? L["Summary.Proven"] : L["Summary.Open", _proofs.Count(p => p.State == ProofState.Proven), _proofs.Length];

    public void Dispose() => _session?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_session is null || _session.Run.Id != Id)
        {
            await LoadAsync();
        }

        await ShowAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The router looks after the first heading only: from step to step the page stays the same.
        if (_isFocusDue)
        {
            _isFocusDue = false;
            await Script.InvokeVoidAsync("maildash.focus", "main h1");
        }
    }

    private async Task LoadAsync()
    {
        _session?.Dispose();
        _session = await Runs.FindAsync(Id, CancellationToken.None) is { } run ? new WizardSession(run, Runs, Authorizer, Navigation, () => _ = InvokeAsync(Refresh)) : null;
        _isLoaded = true;
    }

    private async Task ShowAsync()
    {
        if (_session is null)
        {
            return;
        }

        // What is not there, or not yet, leads to what comes next.
        var wanted = Enum.TryParse<WizardStep>(StepName, ignoreCase: true, out var named) && Enum.IsDefined(named) && WizardRules.IsOpen(_session.State, named) ? named : (WizardStep?)null;
        var isSummary = StepName is null && (_session.Run.FinishedAt is not null || WizardRules.Next(_session.State) is null);
        _isSomebodyTold = (await Outbox.GetAsync(CancellationToken.None)).HasRecipient;
        (_step, _isFocusDue) = (wanted ?? (isSummary ? null : WizardRules.Next(_session.State) ?? WizardStep.Domain), true);
        _round++;
        Refresh();
    }

    private async Task ShowNewAsync()
    {
        await LoadAsync();
        await ShowAsync();
    }

    private void Refresh()
    {
        if (_session is { } session)
        {
            _proofs = WizardProofs.Of(session.State, session.Run.DomainId is not null, _isSomebodyTold);
        }

        StateHasChanged();
    }
}
