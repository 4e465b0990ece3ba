using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace MailDashboard.Web.Account;

/// <summary>Signing in. What is wrong with a pair of address and password is not said in detail: that would name accounts.</summary>
public sealed partial class SignIn
{
    private string? _error;

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInInput Input { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? Target { get; set; }

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private SignInManager<AppUser> Session { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    protected override void OnInitialized()
    {
        Input ??= new SignInInput();
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.Identity?.IsAuthenticated == true)
        {
            GoOn();
        }
    }

    private void GoOn() => Navigation.NavigateTo(Target is null ? "" : ReturnUrl.Safe(Target));

    private async Task SubmitAsync()
    {
        var users = Session.UserManager;
        var user = await users.FindByEmailAsync(Input.Email ?? "");
        if (user is null)
        {
            // As long as a real comparison takes, so that the time does not tell who has an account.
            users.PasswordHasher.HashPassword(new AppUser(), Input.Password ?? "");
            _error = L["SignIn.Wrong"];
            return;
        }

        var result = await Session.PasswordSignInAsync(user, Input.Password ?? "", Input.Remember, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            _error = result.IsLockedOut && !AccountState.IsDisabled(user, Time.GetUtcNow()) ? L["SignIn.LockedOut"] : L["SignIn.Wrong"];
            return;
        }

        user.LastSignInAt = Time.GetUtcNow();
        await users.UpdateAsync(user);
        ReaderCookies.Write(HttpContext, user);
        GoOn();
    }
}

public sealed class SignInInput
{
    public string? Email { get; set; }

    public string? Password { get; set; }

    public bool Remember { get; set; }
}
