using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Hosting;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Settings;

/// <summary>One channel: made, changed, tested, removed. Address and key are typed and never shown.</summary>
public sealed partial class ChannelPage
{
    private ChannelKind _kind = ChannelKind.Webhook;
    private ChannelView? _view;
    private Form? _form;
    private ChannelTestResult? _result;
    private IReadOnlyList<string> _advice = [];
    private string? _newKey;
    private (int?, string?)? _shown;
    private bool _isGone;
    private bool _isTesting;

    [Parameter]
    public int? Id { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? Kind { get; set; }

    [Inject]
    private ChannelStore Store { get; set; } = default!;

    [Inject]
    private ChannelTester Tester { get; set; } = default!;

    [Inject]
    private ChannelAdvice Advice { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => _view is { } view ? ChannelName.ForReader(view.Name) : _isGone ? L["Channels.Gone"] : L[$"Channels.Add.{_kind}"];

    private string Answer => _isGone ? ""
        : _view is { IsEnabled: true, FailingSince: { } since } ? L["Channels.Answer.FailsSince", Clock.Format(since)]
        : L[$"Channels.About.{_kind}"];

    private IEnumerable<string> HowTo => L[$"Channels.HowTo.{_kind}"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private string UrlHint => _view is { HasUrl: true } view ? L["Channels.Url.Kept", view.UrlHost!] : L["Channels.Url.Hint"];

    private string SecretHint => L[$"{(_view?.HasSecret == true ? "Channels.SecretKept" : "Channels.SecretHint")}.{_kind}"];

    private string Example => _kind switch
    {
        ChannelKind.Slack => "https://hooks.slack.com/services/…",
        ChannelKind.Teams => "https://….powerplatform.com/…",
        ChannelKind.Ntfy => "https://ntfy.sh/…",
        _ => "https://…",
    };

    protected override async Task OnParametersSetAsync()
    {
        // The frame around the page sets parameters again at times: what is typed must survive that.
        if (_shown == (Id, Kind))
        {
            return;
        }

        _shown = (Id, Kind);
        if (Id is { } id)
        {
            await LoadAsync(id);
        }
        else
        {
            _kind = Enum.TryParse<ChannelKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : ChannelKind.Webhook;
            (_view, _form, _result, _newKey, _isGone) = (null, new Form(null), null, null, false);
        }

        _advice = _kind == ChannelKind.Email ? await Advice.DomainsOfProfileAsync(Gone) : [];
    }

    private async Task LoadAsync(int id)
    {
        _view = await Store.GetAsync(id, Gone);
        _isGone = _view is null;
        _kind = _view?.Kind ?? _kind;
        _form = _view is null ? null : new Form(_view) { Name = ChannelName.ForReader(_view.Name) };
    }

    private Task SaveAsync() => ChangeAsync(async () =>
    {
        var draft = _form!.Draft();
        if (_view is { } view && draft.Name.Trim() == ChannelName.ForReader(view.Name))
        {
            // Left as it is, so that the shipped name goes on following the reader's language.
            draft = draft with { Name = view.Name };
        }

        var saved = _view is { } stored ? await Store.UpdateAsync(stored.Id, draft, Gone) : await Store.AddAsync(_kind, draft, Gone);
        foreach (var problem in saved.Problems)
        {
            Errors[problem.Field] = L[$"Channels.Fault.{problem.Fault}"];
        }

        if (saved.Id is not { } id)
        {
            return;
        }

        Say(S["Saved"]);
        _newKey = saved.NewKey;
        if (Id is null && _newKey is null)
        {
            Navigation.NavigateTo($"settings/channels/{id}", replace: true);
            return;
        }

        // A new key is shown here and nowhere else: going to another page would lose it.
        await LoadAsync(id);
    });

    private Task TestAsync() => ChangeAsync(async () =>
    {
        (_isTesting, _result) = (true, null);
        StateHasChanged();
        try
        {
            _result = await Tester.TestAsync(_view!.Id, Gone);
            _view = await Store.GetAsync(_view.Id, Gone);
            _isGone = _view is null;
        }
        finally
        {
            _isTesting = false;
        }
    });

    private async Task DeleteAsync()
    {
        var view = _view!;
        if (await Dialogs.ConfirmAsync(L["Channels.Remove.Title", ChannelName.ForReader(view.Name)], L["Channels.Remove.Text"], L["Channels.Remove"]))
        {
            await ChangeAsync(async () =>
            {
                await Store.DeleteAsync(view.Id, Gone);
                Navigation.NavigateTo("settings/channels");
            });
        }
    }

    private sealed class Form(ChannelView? view)
    {
        public string Name { get; set; } = view?.Name ?? "";

        public string Language { get; set; } = view?.Language ?? Languages.Current;

        /// <summary>Only ever what was typed now.</summary>
        public string? Url { get; set; }

        /// <summary>Only ever what was typed now.</summary>
        public string? Secret { get; set; }

        public bool ForgetsSecret { get; set; }

        public ChannelDraft Draft() => new() { Name = Name, Language = Language, Url = Url, Secret = Secret, ForgetsSecret = ForgetsSecret };
    }
}
