using MailDashboard.Mail.Guides;
using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Wizard;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Wizard;

/// <summary>How much may be sent: what the provider allows, what the profile keeps to, and how a new address begins.</summary>
public sealed partial class LimitsStep
{
    /// <summary>What guides and plans are written for where no limit is wanted, in messages.</summary>
    private const int UsualMinute = 60;

    /// <summary>The same for a day.</summary>
    private const int UsualDay = 1_000;

    private static readonly MailServer[] Senders = [MailServer.Postfix, MailServer.Exim, MailServer.Exchange];

    private MailProvider? _provider;
    private ProfileView? _profile;
    private MailServer _server;
    private int? _perMinute;
    private int? _perDay;
    private bool _isNew;
    private DateTimeOffset? _setAt;

    [Inject]
    private ProfileStore Profiles { get; set; } = default!;

    [Inject]
    private WizardProfile Wizard { get; set; } = default!;

    protected override WizardStep Step => WizardStep.Limits;

    protected override async Task OnInitializedAsync()
    {
        _provider = WizardRules.Chosen(State)?.Provider;
        _server = State.Certificate is { Server: not MailServer.Dovecot and var server } ? server : MailServer.Postfix;
        var proposed = _provider is null ? new SendingLimits() : WizardProfile.Limits(_provider);
        (_perMinute, _perDay) = State.Limits is { } said ? (said.PerMinute, said.PerDay) : (proposed.PerMinute, proposed.PerDay);
        (_isNew, _setAt) = (State.Limits?.IsNewAddress ?? false, State.Limits?.SetAt);
        _profile = State.Profile is { } part ? await Profiles.FindAsync(part.Id, Gone) : null;
    }

    protected override WizardState Collect(WizardState state) =>
        state with { Limits = new LimitsPart { PerMinute = _perMinute, PerDay = _perDay, IsNewAddress = _isNew, SetAt = _setAt } };

    protected override async Task<bool> CompleteAsync()
    {
        if (_profile is null)
        {
            Failure = L["Limits.NoProfile"];
            return false;
        }

        var saved = await Wizard.LimitAsync(_profile, _perMinute, _perDay, Gone);
        Show(saved.Problems);
        if (saved.Id is null)
        {
            Failure ??= Errors.Count == 0 ? L["Profile.Gone"].Value : null;
            return false;
        }

        _setAt = Time.GetUtcNow();
        return true;
    }
}
