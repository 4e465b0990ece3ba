using System.Globalization;
using System.Security.Claims;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Account;
using MailDashboard.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using MudBlazor;

namespace MailDashboard.Web.Layout;

/// <summary>Who is signed in, and how they want pages.</summary>
public sealed partial class UserMenu
{
    private static readonly (string? Theme, string Key)[] _themes = [(null, "Theme.System"), ("light", "Theme.Light"), ("dark", "Theme.Dark")];
    private const string NoIcon = "<path d=\"M0 0h24v24H0z\" fill=\"none\"/>";
    private string _name = "";
    private string _role = AppRoles.Viewer;
    private string? _id;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private ReaderTheme Theme { get; set; } = default!;

    [Inject]
    private People People { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string Initial => _name.Length > 0 ? StringInfo.GetNextTextElement(_name).ToUpper(CultureInfo.CurrentCulture) : "?";

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        _name = user.Identity?.Name ?? "";
        _role = AppRoles.All.FirstOrDefault(user.IsInRole) ?? "None";
        _id = user.FindFirstValue(ClaimTypes.NameIdentifier);
    }

    private static string Pressed(bool chosen) => chosen ? "true" : "false";

    private static string Tick(bool chosen) => chosen ? Icons.Material.Filled.Check : NoIcon;

    private async Task ChooseLanguageAsync(string language)
    {
        await RememberAsync(user => user.Language = language);
        await Script.InvokeVoidAsync("maildash.setCookie", Languages.Cookie, language);

        // The culture belongs to the circuit: a new one begins.
        Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
    }

    private async Task ChooseThemeAsync(string? theme)
    {
        Theme.Choose(theme);
        await Script.InvokeVoidAsync("maildash.setTheme", theme);
        await RememberAsync(user => user.Theme = theme);
    }

    private async Task SignOutAsync() => await Script.InvokeVoidAsync("maildash.submit", "sign-out-form");

    private async Task RememberAsync(Action<AppUser> change)
    {
        try
        {
            if (_id is not null)
            {
                await People.UpdateAsync(_id, change, CancellationToken.None);
            }
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            // This browser keeps the choice in a cookie all the same.
        }
    }
}
