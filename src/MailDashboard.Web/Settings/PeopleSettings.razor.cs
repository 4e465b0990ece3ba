using MailDashboard.Monitoring.Persistence.Entities;
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
    private string _language = Languages.Current;
    private OneTimeLink? _link;

    [Inject]
    private People People { get; set; } = default!;

    [Inject]
    private OneTimeLinks Links { get; set; } = default!;

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
        var result = await People.CreateAsync(_email.Trim(), _name, _role, null, Languages.IsKnown(_language) ? _language : Languages.Current, Gone);
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

    /// <summary>A new invitation, or a link to a new password for somebody who has one.</summary>
    private async Task LinkAsync(Person person)
    {
        if (person.IsInvited || await Dialogs.ConfirmAsync(L["People.ResetWho", person.Email], L["People.ResetWho.Text"], L["People.Reset"]))
        {
            await ChangeAsync(() => ShowLinkAsync(person.Id, person.Email));
        }
    }

    private async Task ShowLinkAsync(string userId, string email) =>
        (_invited, _link) = (email, await Links.IssueAsync(userId, Navigation.BaseUri, Gone));

    private string LinkText(OneTimeLink link) => link switch
    {
        { IsInvitation: true, IsMailed: true } => L["People.Mailed", _invited ?? "", Links.InvitationDays],
        { IsInvitation: true } => L["People.Link", _invited ?? "", Links.InvitationDays],
        { IsMailed: true } => L["People.Reset.Mailed", _invited ?? "", Links.ResetHours],
        _ => L["People.Reset.Link", _invited ?? "", Links.ResetHours],
    };

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
