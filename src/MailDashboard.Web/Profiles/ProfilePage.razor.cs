using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Profiles;

/// <summary>One sending profile: made, changed, tried, removed. Secrets are typed and never shown.</summary>
public sealed partial class ProfilePage
{
    private ProfileView? _profile;
    private ProfileForm? _form;
    private IReadOnlyList<(int Id, string Name)> _domains = [];
    private ServerLook? _look;
    private DateTimeOffset? _heldUntil;
    private int? _shown;
    private bool _isGone;
    private bool _isLooking;

    [Parameter]
    public int? Id { get; set; }

    [Inject]
    private ProfileStore Store { get; set; } = default!;

    [Inject]
    private ProfileTester Tester { get; set; } = default!;

    [Inject]
    private SendingGate Gate { get; set; } = default!;

    [Inject]
    private DomainCatalogue Catalogue { get; set; } = default!;

    private string Title => _profile?.Name ?? P["Profile.Add"];

    protected override async Task OnParametersSetAsync()
    {
        // The frame around the page sets parameters again at times: what is typed must survive that.
        if (_form is not null && _shown == Id)
        {
            return;
        }

        _shown = Id;
        _domains = await Catalogue.NamesAsync(Gone);
        await ReadAsync(Id);
        (_form, _look) = (new ProfileForm(_profile), null);
    }

    private Task SaveAsync() => ChangeAsync(async () =>
    {
        var saved = await Store.SaveAsync(_profile?.Id, _form!.Draft(), Gone);
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
            Navigation.NavigateTo($"profiles/{id}", replace: true);
            return;
        }

        await ReloadAsync();
        (_form, _look) = (new ProfileForm(_profile), null);
    });

    private Task LookAsync() => ChangeAsync(async () =>
    {
        (_isLooking, _look) = (true, null);
        StateHasChanged();
        try
        {
            var (look, problems) = await Tester.LookAsync(_profile?.Id, _form!.Draft(), Gone);
            Show(problems);
            _look = look;
        }
        finally
        {
            _isLooking = false;
        }
    });

    private Task UseAsync() => ChangeAsync(async () =>
    {
        await Store.UseForNoticesAsync(_profile!.Id, Gone);
        await ReloadAsync();
    });

    private async Task DeleteAsync()
    {
        var profile = _profile!;
        var others = (await Store.ListAsync(Gone)).Where(p => p.Id != profile.Id).ToList();
        var names = _domains.Where(d => profile.DomainIds.Contains(d.Id)).Select(d => d.Name).ToList();
        if (await Dialogs.ConfirmAsync(P["Remove.Title", profile.Name], ProfileWords.Depends(P, profile, others, names), P["Remove.Do"]))
        {
            await ChangeAsync(async () =>
            {
                await Store.DeleteAsync(profile.Id, Gone);
                Navigation.NavigateTo("profiles");
            });
        }
    }

    /// <summary>Reads what is stored; what is typed stays.</summary>
    private async Task ReloadAsync()
    {
        if (_profile is { } profile)
        {
            await ReadAsync(profile.Id);
        }
    }

    private async Task ReadAsync(int? id)
    {
        _profile = id is { } stored ? await Store.FindAsync(stored, Gone) : null;
        _isGone = id is not null && _profile is null;
        _heldUntil = _profile is { } profile ? await Gate.HeldUntilAsync(profile, Gone) : null;
    }
}
