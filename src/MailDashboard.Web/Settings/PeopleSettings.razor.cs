using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Account;
using MailDashboard.Web.Hosting;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Settings;

/// <summary>Who may do what. The rules (never without an administrator) are those of <see cref="People"/>, not of this page.</summary>
public sealed partial class PeopleSettings
{
    private IReadOnlyList<Person>? _people;
    private string? _me;
    private string _email = "";
    private string? _name;
    private string _role = AppRoles.Viewer;
    private string? _invited;
    private string? _link;

    [Inject]
    private People People { get; set; } = default!;

    [Inject]
    private SettingsStore Store { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Answer => _people is null
        ? ""
        : L[_people.Count == 1 ? "People.Answer.One" : "People.Answer.Many", _people.Count, _people.Count(p => p.Role == AppRoles.Administrator)];

    protected override async Task OnInitializedAsync()
    {
        _me = await Authorizer.UserIdAsync();
        await LoadAsync();
    }

    private async Task LoadAsync() => _people = await People.ListAsync(Gone);

    private Task InviteAsync() => ChangeAsync(async () =>
    {
        _link = null;
        var result = await People.CreateAsync(_email.Trim(), _name, _role, null, Languages.Current, Gone);
        if (result is PeopleResult.Done done)
        {
            await ShowLinkAsync(done.UserId, _email.Trim());
            (_email, _name) = ("", null);
        }
        else
        {
            Errors["Email"] = Reasons(result)!;
        }

        await LoadAsync();
    });

    private Task LinkAsync(Person person) => ChangeAsync(() => ShowLinkAsync(person.Id, person.Email));

    private async Task ShowLinkAsync(string userId, string email)
    {
        var publicUrl = (await Store.GetAsync(Gone)).PublicUrl ?? Navigation.BaseUri.TrimEnd('/');
        if (await People.InvitationTokenAsync(userId, Gone) is { } token)
        {
            _invited = email;
            _link = $"{publicUrl}/invitation?user={Uri.EscapeDataString(userId)}&token={PasswordResets.Encode(token)}";
        }
    }

    private Task SetRoleAsync(Person person, string? role) =>
        role is not null && AppRoles.All.Contains(role) ? ApplyAsync(() => People.SetRoleAsync(_me!, person.Id, role, Gone)) : Task.CompletedTask;

    private async Task SetDisabledAsync(Person person)
    {
        if (person.IsDisabled || await Dialogs.ConfirmAsync(L["People.DisableWho", person.Email], L["People.DisableWho.Text"], L["People.Disable"]))
        {
            await ApplyAsync(() => People.SetDisabledAsync(_me!, person.Id, !person.IsDisabled, Gone));
        }
    }

    private async Task RemoveAsync(Person person)
    {
        if (await Dialogs.ConfirmAsync(L["People.DeleteWho", person.Email], L["People.DeleteWho.Text"], S["Delete"]))
        {
            await ApplyAsync(() => People.RemoveAsync(_me!, person.Id, Gone));
        }
    }

    private Task ApplyAsync(Func<Task<PeopleResult>> change) => ChangeAsync(async () =>
    {
        Failure = Reasons(await change());
        if (Failure is null)
        {
            Say(S["Saved"]);
        }

        await LoadAsync();
    });

    private string? Reasons(PeopleResult result) =>
        result is PeopleResult.Refused refused ? string.Join(' ', refused.Reasons.Select(r => AccountMessages.Of(A, r)).Distinct()) : null;
}
