using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Profiles.Connecting;
using MailDashboard.Web.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Profiles;

/// <summary>What the page of a sending profile and that of a mailbox share: how "connect account" ended, and what was refused.</summary>
public abstract class AccountPage : SettingsPage
{
    [SupplyParameterFromQuery(Name = "connected")]
    protected string? Connected { get; set; }

    [SupplyParameterFromQuery(Name = "fault")]
    protected string? Fault { get; set; }

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<ProfileTexts> P { get; set; } = default!;

    protected ConnectEnd? ConnectEndNamed => Enum.TryParse<ConnectEnd>(Connected, out var end) && Enum.IsDefined(end) ? end : null;

    protected TokenFault? FaultNamed => Enum.TryParse<TokenFault>(Fault, out var fault) && Enum.IsDefined(fault) ? fault : null;

    /// <summary>Shows what the store refused; true where it took everything.</summary>
    protected bool Show(IReadOnlyList<ProfileProblem> problems)
    {
        foreach (var problem in problems)
        {
            Errors[problem.Field] = P[$"Fault.{problem.Fault}"];
        }

        return problems.Count == 0;
    }
}
