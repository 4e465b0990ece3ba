using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Wizard;
using MailDashboard.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Wizard;

/// <summary>Who is told when something breaks. The rule for that is there from the first start; moving on finishes the set-up.</summary>
public sealed partial class MonitoringStep
{
    private IReadOnlyList<AlertRecipient>? _recipients;
    private string _address = "";
    private string _language = Languages.Current;
    private bool _hasSender;

    [Inject]
    private RecipientStore Recipients { get; set; } = default!;

    [Inject]
    private ChannelStore Channels { get; set; } = default!;

    [Inject]
    private ProfileStore Profiles { get; set; } = default!;

    [Inject]
    private WizardRuns Runs { get; set; } = default!;

    [Inject]
    private WizardDomain Domain { get; set; } = default!;

    protected override WizardStep Step => WizardStep.Monitoring;

    protected override async Task OnInitializedAsync()
    {
        _hasSender = await Profiles.GetForNoticesAsync(Gone) is not null;
        var mail = (await Channels.ListAsync(Gone)).Where(c => c.Kind == ChannelKind.Email).OrderBy(c => c.Id).FirstOrDefault();
        var recipients = mail is null ? [] : await Recipients.ListAsync(mail.Id, Gone);
        _address = recipients.Count == 0 ? await Authorizer.UserNameAsync() : "";
        _recipients = recipients;
    }

    protected override WizardState Collect(WizardState state) => state;

    protected override async Task<bool> CompleteAsync()
    {
        if (_address.Trim().Length > 0)
        {
            var added = await Recipients.AddAsync(_address, _language, null, Gone);
            if (added is not (RecipientChange.Done or RecipientChange.Duplicate))
            {
                Errors["address"] = L["Monitoring.NotAnAddress"];
                return false;
            }
        }

        if (await Domain.EnsureAsync(Run.Domain, State, Gone) is not DomainChange.Done)
        {
            Failure = L["Domain.Raced"];
            return false;
        }

        if (await Session.ChangeAsync(run => Runs.FinishAsync(run, run.State.Pass(Step, skipped: false), Gone), Gone))
        {
            Session.GoTo(null);
        }

        // The summary is shown; there is no step to store.
        return false;
    }
}
