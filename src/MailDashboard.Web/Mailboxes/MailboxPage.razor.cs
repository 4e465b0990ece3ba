using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Mailboxes;

/// <summary>One mailbox: made, changed, tried, removed. Secrets are typed and never shown.</summary>
public sealed partial class MailboxPage
{
    private MailboxView? _mailbox;
    private MailboxForm? _form;
    private MailboxLook? _look;
    private int? _shown;
    private bool _isGone;
    private bool _isTrying;

    [Parameter]
    public int? Id { get; set; }

    [Inject]
    private MailboxStore Store { get; set; } = default!;

    [Inject]
    private IStringLocalizer<MailboxTexts> M { get; set; } = default!;

    private string Title => _mailbox?.Name ?? M["Add"];

    private string? Problem => _mailbox?.Health.Problem;

    private string? Answer => _isGone ? null : _mailbox is null ? M["New"].Value : M[$"Answer.{(_mailbox.Health.FailingSince is not null ? "Fails" : _mailbox.Health.WorkedAt is null ? "Untried" : "Works")}"].Value;

    private string Hint => M[MailboxPresets.Find(_form?.Provider) is { } preset ? $"Preset.{preset.Id}" : "Provider.Hint"];

    protected override async Task OnParametersSetAsync()
    {
        // The frame around the page sets parameters again at times: what is typed must survive that.
        if (_form is not null && _shown == Id)
        {
            return;
        }

        _shown = Id;
        _mailbox = Id is { } id ? await Store.FindAsync(id, Gone) : null;
        _isGone = Id is not null && _mailbox is null;
        (_form, _look) = (new MailboxForm(_mailbox), null);
    }

    private void Choose(string? provider) => _form!.Choose(MailboxPresets.Find(provider));

    private Task SaveAsync() => ChangeAsync(async () =>
    {
        var saved = await Store.SaveAsync(_mailbox?.Id, _form!.Draft(), Gone);
        if (!Show(saved.Problems))
        {
            return;
        }

        if (saved.Id is not { } id)
        {
            _isGone = true;
            return;
        }

        Say(S["Saved"]);
        if (Id is null)
        {
            Navigation.NavigateTo($"settings/mailboxes/{id}", replace: true);
            return;
        }

        await ReloadAsync();
        (_form, _look) = (new MailboxForm(_mailbox), null);
    });

    private Task TryAsync() => ChangeAsync(async () =>
    {
        (_isTrying, _look) = (true, null);
        StateHasChanged();
        try
        {
            var trial = await Store.TryAsync(_mailbox?.Id, _form!.Draft(), Gone);
            Show(trial.Problems);
            _look = trial.Look;
        }
        finally
        {
            _isTrying = false;
        }
    });

    private async Task DeleteAsync()
    {
        var mailbox = _mailbox!;
        if (await Dialogs.ConfirmAsync(M["Remove.Title", mailbox.Name], M["Remove.Text"], M["Remove"]))
        {
            await ChangeAsync(async () =>
            {
                await Store.DeleteAsync(mailbox.Id, Gone);
                Navigation.NavigateTo("settings/mailboxes");
            });
        }
    }

    /// <summary>Reads what is stored; what is typed stays.</summary>
    private async Task ReloadAsync()
    {
        if (_mailbox is { } mailbox)
        {
            _mailbox = await Store.FindAsync(mailbox.Id, Gone);
            _isGone = _mailbox is null;
        }
    }
}
