using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MailDashboard.Web.Settings;

/// <summary>What settings pages share.</summary>
public abstract class SettingsPage : FormComponent
{
    [Inject]
    protected IStringLocalizer<SettingsTexts> L { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<SharedTexts> S { get; set; } = default!;

    [Inject]
    protected ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    protected IDialogService Dialogs { get; set; } = default!;

    protected override string Failed(string what) => L["Failed", what];

    protected void Say(string text, MudBlazor.Severity severity = MudBlazor.Severity.Success) => Snackbar.Add(text, severity);

    /// <summary>Shows what the store refused; true where it took everything.</summary>
    protected bool Accept(IReadOnlyList<SettingProblem> problems)
    {
        foreach (var group in problems.GroupBy(p => p.Setting))
        {
            Errors[group.Key] = string.Join(' ', group.Select(p => L[$"Fault.{p.Fault}", p.Value].Value));
        }

        if (problems.Count == 0)
        {
            Say(S["Saved"]);
        }

        return problems.Count == 0;
    }
}
