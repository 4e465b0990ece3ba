using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Messages;

/// <summary>What the pages about messages share: whom they show servers to, and what a change asks for and says.</summary>
public abstract class MessagesLivePage : LivePage
{
    [Inject]
    protected IStringLocalizer<MessagesTexts> L { get; set; } = default!;

    [Inject]
    protected Authorizer Authorizer { get; set; } = default!;

    protected bool IsBusy { get; private set; }

    /// <summary>What failed; null where nothing did.</summary>
    protected string? Failure { get; set; }

    /// <summary>Names of profiles and mailboxes are for who runs them.</summary>
    protected bool SeesServers { get; private set; }

    protected override bool Concerns(DashboardChange change) => change.DomainId is null;

    protected override async Task LoadAsync(CancellationToken cancellationToken) =>
        SeesServers = await Authorizer.IsAllowedAsync(Policies.Operate, cancellationToken);

    /// <summary>Runs a change; a database that does not answer says so, and what was typed stays.</summary>
    protected async Task ActAsync(Func<Task> action)
    {
        (IsBusy, Failure) = (true, null);
        try
        {
            await Authorizer.DemandAsync(Policies.Operate);
            await action();
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            Failure = L["Change.Database", Failures.Say(e)];
        }
        finally
        {
            IsBusy = false;
        }
    }
}
