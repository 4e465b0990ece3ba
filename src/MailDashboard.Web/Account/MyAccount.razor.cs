using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Hosting;
using MailDashboard.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace MailDashboard.Web.Account;

/// <summary>What everybody may change about themselves. Rendered without a circuit: a new password needs a new cookie.</summary>
public sealed partial class MyAccount
{
    private static readonly IReadOnlyList<string> _zones = [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    private AppUser? _user;
    private string? _saved;
    private string? _error;

    [SupplyParameterFromForm(FormName = "profile")]
    private ProfileInput Profile { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "password")]
    private NewPasswordInput Secret { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "saved")]
    private string? Saved { get; set; }

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private SignInManager<AppUser> Session { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _user = await Session.UserManager.GetUserAsync(HttpContext.User);
        Profile ??= new ProfileInput { FullName = _user?.FullName, Language = _user?.Language, TimeZone = _user?.TimeZone, Theme = _user?.Theme };
        Secret ??= new NewPasswordInput();
        _saved = Saved switch
        {
            "profile" => L["Account.Saved"].Value,
            "password" => L["Account.PasswordSaved"].Value,
            _ => null,
        };
    }

    private async Task SaveProfileAsync()
    {
        if (_user is null)
        {
            return;
        }

        _user.FullName = Profile.FullName is { } name && name.Trim() is { Length: > 0 and <= 200 } trimmed ? trimmed : null;
        _user.Language = Languages.IsKnown(Profile.Language) ? Profile.Language : null;
        _user.TimeZone = _zones.Contains(Profile.TimeZone ?? "", StringComparer.Ordinal) ? Profile.TimeZone : null;
        _user.Theme = Profile.Theme is "light" or "dark" ? Profile.Theme : null;
        await Session.UserManager.UpdateAsync(_user);
        ReaderCookies.Write(HttpContext, _user);
        Navigation.NavigateTo("account?saved=profile");
    }

    private async Task ChangePasswordAsync()
    {
        if (_user is null || Secret.Password != Secret.Again)
        {
            _error = L["Identity.PasswordsDiffer"];
            return;
        }

        var result = await Session.UserManager.ChangePasswordAsync(_user, Secret.Current ?? "", Secret.Password ?? "");
        if (!result.Succeeded)
        {
            _error = string.Join(' ', result.Errors.Select(e => AccountMessages.Of(L, e.Code)));
            return;
        }

        // The new security stamp ended every session, this one too, unless it gets a new cookie.
        await Session.RefreshSignInAsync(_user);
        Navigation.NavigateTo("account?saved=password");
    }
}

public sealed class ProfileInput
{
    public string? FullName { get; set; }

    public string? Language { get; set; }

    public string? TimeZone { get; set; }

    public string? Theme { get; set; }
}
