using System.Net.Sockets;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MailDashboard.Web.Settings;

/// <summary>
/// What settings pages share: the role is asked for again before each change, and a database that fails in the middle says so
/// beside the form, which keeps what was typed.
/// </summary>
public abstract class SettingsPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    /// <summary>What is wrong, by field.</summary>
    protected Dictionary<string, string> Errors { get; } = [];

    /// <summary>What failed as a whole; null where nothing did.</summary>
    protected string? Failure { get; set; }

    protected bool IsBusy { get; private set; }

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>What every change asks for.</summary>
    protected virtual string Policy => Policies.Administer;

    [Inject]
    protected IStringLocalizer<SettingsTexts> L { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<SharedTexts> S { get; set; } = default!;

    [Inject]
    protected ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    protected IDialogService Dialogs { get; set; } = default!;

    [Inject]
    protected Authorizer Authorizer { get; set; } = default!;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gone.Cancel();
            _gone.Dispose();
        }
    }

    protected string? Error(string field) => Errors.GetValueOrDefault(field);

    /// <summary>Runs a change: one at a time, with the role asked for again.</summary>
    protected async Task ChangeAsync(Func<Task> change)
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
            await Authorizer.DemandAsync(Policy, Gone);
            await change();
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
