using MailDashboard.Checks;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Desired;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Watching;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MailDashboard.Web.Domains;

/// <summary>
/// What operators decide about one domain's findings, changes and records. Each asks for the role first, and returns a sentence where it
/// was not done, to be shown beside what was typed.
/// </summary>
public sealed class DomainActions(
    ChangeConfirmations changes,
    AcceptedFindings accepted,
    DesiredRecords desired,
    Authorizer authorizer,
    ISnackbar snackbar,
    IStringLocalizer<DomainsTexts> texts,
    ChangeFailures failures)
{
    public DateOnly FirstDay => accepted.FirstDay;

    public DateOnly LastDay => accepted.LastDay;

    public Task<string?> ConfirmAsync(int domainId, Subject record, string? note) => DoAsync(async by =>
        await changes.ConfirmAsync(domainId, record, note, by, CancellationToken.None) ? Done("Confirm.Done") : texts["Confirm.Gone"].Value);

    public Task<string?> UndoConfirmAsync(int domainId, long changeId) => DoAsync(async _ =>
        await changes.UndoAsync(domainId, changeId, CancellationToken.None) ? Done("Confirm.Undone") : texts["Confirm.Gone"].Value);

    public Task<string?> AcceptAsync(int domainId, StoredFinding finding, string reason, DateOnly until) => DoAsync(async by =>
        await accepted.AcceptAsync(domainId, finding.Code, finding.Subject, reason, until, by, CancellationToken.None) is var result and not AcceptResult.Done
            ? texts[$"Accept.{result}"].Value
            : Done("Accept.Done"));

    public Task<string?> UndoAcceptAsync(int domainId, StoredFinding finding) => DoAsync(async _ =>
        await accepted.UndoAsync(domainId, finding.Code, finding.Subject, CancellationToken.None) ? Done("Accept.Undone") : texts["Accept.Gone"].Value);

    public Task<string?> PinAsync(int domainId, DesiredDraft draft) => DoAsync(async by => await desired.PinAsync(domainId, draft, by, CancellationToken.None) switch
    {
        PinChange.BadDraft bad => texts[$"PinProblem.{bad.Problem}"].Value,
        PinChange.TooMany => texts["Pin.TooMany"].Value,
        PinChange.Gone => texts["Pin.Gone"].Value,
        _ => Done("Pin.Done"),
    });

    public Task<string?> UnpinAsync(int domainId, string name, string type) => DoAsync(async _ =>
    {
        await desired.UnpinAsync(domainId, name, type, CancellationToken.None);
        return Done("Pin.Removed");
    });

    private async Task<string?> DoAsync(Func<string, Task<string?>> action)
    {
        try
        {
            await authorizer.DemandAsync(Policies.Operate);
            return await action(await authorizer.UserNameAsync());
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            return texts["Edit.Database", failures.Say(e)];
        }
    }

    private string? Done(string key)
    {
        snackbar.Add(texts[key], MudBlazor.Severity.Success);
        return null;
    }
}
