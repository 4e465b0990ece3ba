using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MailDashboard.Web.Domains;

/// <summary>What its owner states about a domain.</summary>
public sealed partial class EditDomainPage
{
    private DomainForm? _form;
    private string _name = "";
    private bool _gone;
    private bool _busy;
    private string? _failure;
    private IReadOnlyList<DraftProblem> _problems = [];

    [Parameter]
    public int Id { get; set; }

    [Inject]
    private DomainReader Reader { get; set; } = default!;

    [Inject]
    private DomainDirectory Directory { get; set; } = default!;

    [Inject]
    private Authorizer Authorizer { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        var dossier = await Reader.ReadAsync(Id, CancellationToken.None);
        _gone = dossier is null;
        _name = dossier?.Domain.DisplayName ?? "";
        _form = dossier is null ? null : new DomainForm(dossier.Domain);
    }

    private IReadOnlyList<string> For(string field) => [.. _problems.Where(p => p.Field == field).Select(p => DomainProblems.Sentence(L, p))];

    private async Task SaveAsync()
    {
        _busy = true;
        _failure = null;
        _problems = [];
        try
        {
            await Authorizer.DemandAsync(Policies.Operate);
            switch (await Directory.EditAsync(Id, _form!.ToDraft(), _form.Read, CancellationToken.None))
            {
                case DomainChange.Done:
                    Snackbar.Add(L["Edit.Saved"], MudBlazor.Severity.Success);
                    Navigation.NavigateTo($"domains/{Id}");
                    break;
                case DomainChange.BadDraft bad:
                    _problems = bad.Problems;
                    break;
                case DomainChange.Gone:
                    _gone = true;
                    break;
                case DomainChange.ChangedMeanwhile:
                    _failure = L["Edit.ChangedMeanwhile"];
                    break;
            }
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            _failure = L["Edit.Database", Failures.Say(e)];
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task DeleteAsync()
    {
        if (await Dialogs.ConfirmAsync(L["Delete.Title", _name], L["Delete.Text"], L["Delete.Confirm"]))
        {
            _failure = null;
            try
            {
                await Authorizer.DemandAsync(Policies.Operate);
                await Directory.DeleteAsync(Id, CancellationToken.None);
            }
            catch (Exception e) when (DatabaseFailure.Is(e))
            {
                _failure = L["Edit.Database", Failures.Say(e)];
                return;
            }

            Snackbar.Add(L["Delete.Done", _name], MudBlazor.Severity.Success);
            Navigation.NavigateTo("domains");
        }
    }
}
