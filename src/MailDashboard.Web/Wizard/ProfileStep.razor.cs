using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Profiles.Connecting;
using MailDashboard.Monitoring.Wizard;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Wizard;

/// <summary>How the domain's mail is handed in: prefilled from the provider, proven by signing in.</summary>
public sealed partial class ProfileStep
{
    private IReadOnlyList<ProfileView> _profiles = [];
    private ProfileView? _stored;
    private MailProvider? _provider;
    private ProfileForm _form = new(new ProfileDraft(), null);
    private Profiles.ProfileForm _account = new(null);
    private ServerLook? _look;
    private int? _chosen;
    private ProfilePart? _part;

    [Inject]
    private ProfileStore Profiles { get; set; } = default!;

    [Inject]
    private ProfileTester Tester { get; set; } = default!;

    [Inject]
    private WizardProfile Wizard { get; set; } = default!;

    protected override WizardStep Step => WizardStep.Profile;

    [SupplyParameterFromQuery(Name = "connected")]
    private string? Connected { get; set; }

    [SupplyParameterFromQuery(Name = "fault")]
    private string? Fault { get; set; }

    private ConnectEnd? ConnectEndNamed => Enum.TryParse<ConnectEnd>(Connected, out var end) && Enum.IsDefined(end) ? end : null;

    private TokenFault? FaultNamed => Enum.TryParse<TokenFault>(Fault, out var fault) && Enum.IsDefined(fault) ? fault : null;

    private bool OffersOAuth => _provider?.Authentication.Any(a => a != ProviderAuthentication.Password) == true;

    private bool UsesOAuth => _account.Kind == SignInKind.OAuth;

    /// <summary>A person says yes at the provider, to a profile that is stored before.</summary>
    private bool IsConnectedLater => UsesOAuth && _account.Grant == OAuthGrant.RefreshToken;

    /// <summary>The chosen profile where a person can connect it; null else.</summary>
    private ProfileView? Connectable => _profiles.FirstOrDefault(p => p.Id == _chosen && p.SignIn is { Kind: SignInKind.OAuth, Grant: OAuthGrant.RefreshToken });

    protected override async Task OnInitializedAsync()
    {
        var chosen = WizardRules.Chosen(State);
        _provider = chosen?.Provider;
        _form = new ProfileForm(WizardProfile.Propose(Run.Domain, chosen), State.Typed);
        if (chosen is not null && OffersOAuth)
        {
            _account.Grant = OAuthGrant.RefreshToken;
            _account.Use(chosen);
            if (State.Typed?.SignIn is { } typed)
            {
                _account.GoOn(typed);
            }
        }

        _part = State.Profile;
        _profiles = await Profiles.ListAsync(Gone);
        if (_part is { } part && _profiles.Any(p => p.Id == part.Id))
        {
            _chosen = part.Id;
        }
        else if (Run.DomainId is { } domain && _profiles.FirstOrDefault(p => p.DomainIds.Contains(domain)) is { } goesBy)
        {
            _chosen = goesBy.Id;
        }
    }

    protected override WizardState Collect(WizardState state) => state with { Profile = _part, Typed = _chosen is null && _part is null ? _form.Typed(OffersOAuth ? _account.Typed() : null) : null };

    /// <summary>Signs in, and stores what lets us in. What does not is stored only by leaving the proof for later.</summary>
    protected override async Task<bool> CompleteAsync()
    {
        if (_chosen is { } id)
        {
            return await AdoptAsync(id);
        }

        if (IsConnectedLater)
        {
            await KeepAsync();
            return false;
        }

        if (_look is not { Result.IsAccepted: true } || _form.IsChanged || UsesOAuth)
        {
            await LookAsync();
        }

        return _look is { Result.IsAccepted: true } && await StoreAsync(Time.GetUtcNow());
    }

    private Task TryAsync() => ChangeAsync(LookAsync);

    private async Task LookAsync()
    {
        var (look, problems) = await Tester.LookAsync(_stored?.Id, Draft(), Gone);
        _look = Show(problems) ? look : null;
        _form.IsChanged = false;
    }

    private async Task<bool> StoreAsync(DateTimeOffset? signedInAt)
    {
        var saved = await Profiles.SaveAsync(_stored?.Id, Draft(), Gone);
        if (!Show(saved.Problems) || saved.Id is not { } id)
        {
            return false;
        }

        // Whoever is kept from moving on does not make a second one.
        (_part, _stored) = (new ProfilePart(id, signedInAt), await Profiles.FindAsync(id, Gone));
        return true;
    }

    /// <summary>Stored, so that it can be connected: on this page, or by way of the provider's and back.</summary>
    private async Task KeepAsync()
    {
        if (await StoreAsync(signedInAt: null))
        {
            (_profiles, _chosen) = (await Profiles.ListAsync(Gone), _part!.Id);
            await Session.SaveAsync(Collect, null, Gone);
        }
    }

    private Task ConnectedAsync() => ChangeAsync(async () =>
    {
        _profiles = await Profiles.ListAsync(Gone);
        if (_chosen is { } id && await AdoptAsync(id))
        {
            await Session.SaveAsync(Collect, null, Gone);
        }
    });

    private ProfileDraft Draft() => _form.Draft(Run.DomainId, UsesOAuth ? _account : null);

    /// <summary>What is typed about the server stays.</summary>
    private void Way(SignInKind kind)
    {
        (_account.Kind, _form.IsChanged) = (kind, true);
        _look = null;
    }

    private async Task<bool> AdoptAsync(int id)
    {
        if (await Profiles.FindAsync(id, Gone) is not { } profile)
        {
            Failure = L["Profile.Gone"];
            return false;
        }

        if (Run.DomainId is { } domain && !Show((await Wizard.AdoptAsync(profile, domain, Gone)).Problems))
        {
            return false;
        }

        if (_part is { SignedInAt: not null } && _part.Id == id)
        {
            return true;
        }

        var (look, problems) = await Tester.LookAsync(id, WizardProfile.DraftOf(profile), Gone);
        _look = Show(problems) ? look : null;
        _part = new ProfilePart(id, look is { Result.IsAccepted: true } ? Time.GetUtcNow() : null);
        return _part.SignedInAt is not null;
    }

    private void Pick(int id) => (_chosen, _look) = (id == 0 ? null : id, null);
}
