using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace MailDashboard.Web.Account;

/// <summary>Takes a link that works once, and a password.</summary>
public sealed partial class NewPassword
{
    private string? _error;
    private bool _done;

    [SupplyParameterFromForm(FormName = "new-password")]
    private NewPasswordInput Input { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "user")]
    private string? UserId { get; set; }

    [SupplyParameterFromQuery(Name = "token")]
    private string? Token { get; set; }

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private People People { get; set; } = default!;

    [Inject]
    private UserManager<AppUser> Users { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private bool IsInvitation => HttpContext.Request.Path.StartsWithSegments("/invitation", StringComparison.OrdinalIgnoreCase);

    protected override void OnInitialized() => Input ??= new NewPasswordInput();

    private async Task SubmitAsync()
    {
        if (Input.Password != Input.Again)
        {
            _error = L["Identity.PasswordsDiffer"];
            return;
        }

        var refusals = IsInvitation ? await AcceptAsync() : await ResetAsync();
        _done = refusals.Count == 0;
        _error = _done ? null : string.Join(' ', refusals.Select(code => AccountMessages.Of(L, code)));
    }

    private async Task<IReadOnlyList<string>> AcceptAsync() =>
        await People.AcceptInvitationAsync(UserId ?? "", PasswordResets.Decode(Token), Input.Password ?? "", HttpContext.RequestAborted)
            is PeopleResult.Refused refused ? refused.Reasons : [];

    private async Task<IReadOnlyList<string>> ResetAsync()
    {
        if (await Users.FindByIdAsync(UserId ?? "") is not { } user || AccountState.IsDisabled(user, Time.GetUtcNow()))
        {
            return ["InvalidToken"];
        }

        var result = await Users.ResetPasswordAsync(user, PasswordResets.Decode(Token), Input.Password ?? "");
        if (result.Succeeded)
        {
            await Users.SetLockoutEndDateAsync(user, null);
            await Users.ResetAccessFailedCountAsync(user);
        }

        return [.. result.Errors.Select(e => e.Code)];
    }
}

public sealed class NewPasswordInput
{
    public string? Current { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}
