using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Account;
using MailDashboard.Web.Hosting;
using MailDashboard.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace MailDashboard.Web.Setup;

/// <summary>Creates the first administrator, for whoever can read this process's console.</summary>
public sealed partial class SetupPage
{
    private readonly Dictionary<string, string> _errors = [];

    [SupplyParameterFromForm(FormName = "setup")]
    private SetupInput Input { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private FirstAdministrator First { get; set; } = default!;

    [Inject]
    private SignInManager<AppUser> Session { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override void OnInitialized() => Input ??= new SetupInput
    {
        Language = Languages.Current,
        PublicUrl = $"{HttpContext.Request.Scheme}://{HttpContext.Request.Host}{HttpContext.Request.PathBase}",
    };

    private string? Error(string field) => _errors.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        if (Input.Password != Input.Again)
        {
            _errors["Again"] = A["Identity.PasswordsDiffer"];
        }

        var publicUrl = SettingRules.NormaliseUrl(Input.PublicUrl ?? "");
        if (publicUrl is null)
        {
            _errors["PublicUrl"] = L["PublicUrl.Wrong"];
        }

        if (_errors.Count > 0 || publicUrl is null)
        {
            return;
        }

        var language = Languages.IsKnown(Input.Language) ? Input.Language! : Languages.Current;
        var result = await First.CreateAsync(Input.Token, Input.Email ?? "", Input.Password ?? "", language, publicUrl, HttpContext.RequestAborted);
        if (result is PeopleResult.Refused refused)
        {
            Explain(refused);
        }
        else if (result is PeopleResult.Done done && await Session.UserManager.FindByIdAsync(done.UserId) is { } user)
        {
            await Session.SignInAsync(user, isPersistent: false);
            ReaderCookies.Write(HttpContext, user);
            Navigation.NavigateTo("");
        }
    }

    private void Explain(PeopleResult.Refused refused)
    {
        foreach (var code in refused.Reasons)
        {
            var field = code switch
            {
                FirstAdministrator.WrongToken or FirstAdministrator.Closed => "Token",
                _ when code.StartsWith("Password", StringComparison.Ordinal) => "Password",
                _ => "Email",
            };
            _errors.TryAdd(field, code switch
            {
                FirstAdministrator.WrongToken => L["Token.Wrong"],
                FirstAdministrator.Closed => L["Closed"],
                _ => AccountMessages.Of(A, code),
            });
        }
    }
}

public sealed class SetupInput
{
    public string? Token { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }

    public string? Language { get; set; }

    public string? PublicUrl { get; set; }
}
