using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Account;

/// <summary>Takes a link that works once, and a password.</summary>
public sealed partial class NewPassword
{
    private string? _error;
    private bool _done;
    private bool _fits;

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
    private OneTimeLinks Links { get; set; } = default!;

    private bool IsInvitation => HttpContext.Request.Path.StartsWithSegments("/invitation", StringComparison.OrdinalIgnoreCase);

    private string Secret => PasswordResets.Decode(Token);

    protected override async Task OnInitializedAsync()
    {
        Input ??= new NewPasswordInput();
        _fits = await People.FitsAsync(UserId ?? "", Secret, IsInvitation, HttpContext.RequestAborted);
    }

    private async Task SubmitAsync()
    {
        if (Input.Password != Input.Again)
        {
            _error = L["Identity.PasswordsDiffer"];
            return;
        }

        var result = IsInvitation
            ? await People.AcceptInvitationAsync(UserId ?? "", Secret, Input.Password ?? "", HttpContext.RequestAborted)
            : await People.ResetPasswordAsync(UserId ?? "", Secret, Input.Password ?? "", HttpContext.RequestAborted);
        _done = result is PeopleResult.Done;
        _error = result is PeopleResult.Refused refused ? string.Join(' ', refused.Reasons.Select(code => AccountMessages.Of(L, code))) : null;
    }
}

public sealed class NewPasswordInput
{
    public string? Current { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}
