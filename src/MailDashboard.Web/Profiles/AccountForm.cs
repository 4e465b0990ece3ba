using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Wizard;

namespace MailDashboard.Web.Profiles;

/// <summary>A server and who we are there, while somebody types it. Secrets are only ever what was typed now.</summary>
public abstract class AccountForm
{
    private bool _hasTypedPort;
    private int _port;

    protected AccountForm(ServerSecurity security, int? port)
    {
        Security = security;
        _port = port ?? UsualPort(security);
    }

    /// <summary>What a token is for.</summary>
    public abstract TokenPurpose Purpose { get; }

    public string Name { get; set; } = "";

    public string Host { get; set; } = "";

    /// <summary>As typed; 0 where that is no number.</summary>
    public int Port
    {
        get => _port;
        set => (_port, _hasTypedPort) = (value, true);
    }

    public ServerSecurity Security { get; private set; }

    public SignInKind Kind { get; set; } = SignInKind.Password;

    public string? UserName { get; set; }

    public string? Password { get; set; }

    public OAuthGrant Grant { get; set; }

    /// <summary>Id or domain of the organisation at Microsoft: fills the addresses, and is not stored.</summary>
    public string Tenant { get; set; } = "";

    public string? TokenEndpoint { get; set; }

    public string? AuthorizationEndpoint { get; set; }

    public string? DeviceEndpoint { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public string? Scope { get; set; }

    public string? ServiceKey { get; set; }

    /// <summary>Content of the key file that was chosen: it goes before what was pasted, and is not shown.</summary>
    public string? UploadedKey { get; set; }

    public ReadOnlyMemory<byte> Certificate { get; set; }

    /// <summary>Of the file that was chosen; null where none was.</summary>
    public string? CertificateFile { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>The port that goes with an encryption.</summary>
    protected abstract int UsualPort(ServerSecurity security);

    /// <summary>Chooses the encryption, and proposes its port unless somebody typed one, or an unusual one is stored.</summary>
    public void Choose(ServerSecurity security)
    {
        var isUsual = Enum.GetValues<ServerSecurity>().Any(s => UsualPort(s) == _port);
        Security = security;
        if (!_hasTypedPort && isUsual)
        {
            _port = UsualPort(security);
        }
    }

    /// <summary>Fills in what is known of Microsoft 365.</summary>
    /// <returns>False where the tenant is neither an id nor a domain.</returns>
    public bool FillMicrosoft()
    {
        if (OAuthPreset.Microsoft(Tenant, Grant == OAuthGrant.RefreshToken ? Grant : OAuthGrant.ClientCredentials, Purpose) is not { } preset)
        {
            return false;
        }

        Grant = Grant == OAuthGrant.ServiceAccount ? OAuthGrant.ClientCredentials : Grant;
        Fill(preset);
        return true;
    }

    /// <summary>Fills in what is known of Google, which has no application permission for mail.</summary>
    public void FillGoogle()
    {
        Grant = Grant == OAuthGrant.ClientCredentials ? OAuthGrant.ServiceAccount : Grant;
        Fill(OAuthPreset.Google);
    }

    /// <summary>Takes a known server in place of what was typed.</summary>
    public void Take(string host, int port, ServerSecurity security) => (Host, _port, Security, _hasTypedPort) = (host, port, security, false);

    /// <summary>What was typed about signing in, to be kept before the account is stored; no secret is in it.</summary>
    public TypedSignIn Typed() => new(Kind, Grant, TokenEndpoint, AuthorizationEndpoint, DeviceEndpoint, ClientId, Scope) { Tenant = Tenant };

    /// <summary>Goes on with what was typed before.</summary>
    public void GoOn(TypedSignIn typed)
    {
        (Kind, Grant, Tenant, ClientId, Scope) = (typed.Kind, typed.Grant, typed.Tenant, typed.ClientId, typed.Scope);
        (TokenEndpoint, AuthorizationEndpoint, DeviceEndpoint) = (typed.TokenEndpoint, typed.AuthorizationEndpoint, typed.DeviceEndpoint);
    }

    /// <summary>Begins with what is stored, without the secrets.</summary>
    protected void Begin(string name, string host, SignInView stored)
    {
        (Name, Host, Kind, UserName) = (name, host, stored.Kind, stored.UserName);
        (Grant, TokenEndpoint, AuthorizationEndpoint, DeviceEndpoint) = (stored.Grant ?? OAuthGrant.ClientCredentials, stored.TokenEndpoint, stored.AuthorizationEndpoint, stored.DeviceEndpoint);
        (ClientId, Scope) = (stored.ClientId, stored.Scope);
    }

    /// <summary>Puts what was typed into a draft.</summary>
    protected T Fill<T>(T draft)
        where T : AccountDraft => draft with
    {
        Name = Name,
        Host = Host,
        Port = Port,
        Security = Security,
        SignInKind = Kind,
        UserName = UserName,
        Password = Password,
        OAuthGrant = Grant,
        TokenEndpoint = TokenEndpoint,
        AuthorizationEndpoint = AuthorizationEndpoint,
        DeviceEndpoint = DeviceEndpoint,
        ClientId = ClientId,
        ClientSecret = ClientSecret,
        Scope = Scope,
        ServiceKey = UploadedKey ?? ServiceKey,
        Certificate = Certificate,
        CertificatePassword = CertificatePassword,
    };

    private void Fill(OAuthPreset preset) =>
        (TokenEndpoint, AuthorizationEndpoint, DeviceEndpoint, Scope) = (preset.TokenEndpoint, preset.AuthorizationEndpoint, preset.DeviceEndpoint, preset.Scope);
}
