using MailDashboard.Mail.Connecting;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Wizard;

namespace MailDashboard.Web.Wizard;

/// <summary>What is being typed about a profile.</summary>
/// <param name="proposal">What is known without asking.</param>
/// <param name="typed">What was typed before; null where nothing was.</param>
internal sealed class ProfileForm(ProfileDraft proposal, TypedProfile? typed)
{
    /// <summary>Something was typed since the last look.</summary>
    public bool IsChanged { get; set; }

    public string Host { get; set => Set(ref field, value); } = typed?.Host ?? proposal.Host;

    public int Port { get; set => Set(ref field, value); } = typed?.Port ?? proposal.Port;

    public ServerSecurity Security { get; set => Set(ref field, value); } = typed?.Security ?? proposal.Security;

    public string? UserName { get; set => Set(ref field, value); } = typed?.UserName;

    /// <summary>Only ever what was typed now.</summary>
    public string? Password { get; set => Set(ref field, value); }

    public string SenderAddress { get; set => Set(ref field, value); } = typed?.SenderAddress ?? proposal.SenderAddress;

    public string? SenderName { get; set => Set(ref field, value); } = typed?.SenderName;

    /// <summary>What was typed, as a draft.</summary>
    /// <param name="domainId">The domain that goes by it; null where it is not watched.</param>
    /// <param name="account">How to sign in by OAuth; null for a password.</param>
    public ProfileDraft Draft(int? domainId, Profiles.ProfileForm? account)
    {
        var draft = proposal with
        {
            Host = Host,
            Port = Port,
            Security = Security,
            UserName = UserName,
            Password = account is null ? Password : null,
            SenderAddress = SenderAddress,
            SenderName = SenderName,
            DomainIds = domainId is { } id ? [id] : [],
        };
        return account?.Draft() is { } way ? draft with
        {
            SignInKind = way.SignInKind,
            OAuthGrant = way.OAuthGrant,
            TokenEndpoint = way.TokenEndpoint,
            AuthorizationEndpoint = way.AuthorizationEndpoint,
            DeviceEndpoint = way.DeviceEndpoint,
            ClientId = way.ClientId,
            ClientSecret = way.ClientSecret,
            Scope = way.Scope,
            ServiceKey = way.ServiceKey,
        } : draft;
    }

    public TypedProfile Typed(TypedSignIn? signIn) => new(Host, Port, Security, UserName, SenderAddress, SenderName) { SignIn = signIn };

    private void Set<T>(ref T field, T value) => (field, IsChanged) = (value, true);
}
