using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Web;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring.Accounts;

/// <summary>What tests of accounts share: a dashboard that may ask a token server on loopback, and profiles.</summary>
public abstract class AccountTest(SharedPostgres postgres) : ChannelTest(postgres)
{
    protected const string ClientSecret = "cs-0123456789-secret";

    protected static ProfileDraft Draft(TokenServer tokens, OAuthGrant grant = OAuthGrant.ClientCredentials) => new()
    {
        Name = "Office mail",
        Host = "127.0.0.1",
        Port = 25,
        Security = ServerSecurity.None,
        SignInKind = SignInKind.OAuth,
        UserName = "anna",
        OAuthGrant = grant,
        TokenEndpoint = tokens.TokenEndpoint,
        AuthorizationEndpoint = tokens.AuthorizationEndpoint,
        DeviceEndpoint = tokens.DeviceEndpoint,
        ClientId = "client-1",
        ClientSecret = ClientSecret,
        Scope = TokenServer.Scope,
        SenderAddress = "anna@example.test",
    };

    protected static async Task<int> SaveAsync(TestDashboard dashboard, ProfileDraft draft, int? id = null)
    {
        var saved = await dashboard.Get<ProfileStore>().SaveAsync(id, draft, Token);
        Assert.Empty(saved.Problems);
        return saved.Id!.Value;
    }

    protected static Task<SmtpProfile> StoredAsync(TestDashboard dashboard, int id) => dashboard.ReadAsync(db => db.SmtpProfiles.AsNoTracking().SingleAsync(p => p.Id == id, Token));

    protected static async Task<TokenAnswer> FetchAsync(TestDashboard dashboard, int id)
    {
        var signIns = dashboard.Get<AccountSignIn>();
        return await signIns.Tokens.FetchAsync(signIns.ClientOf(await StoredAsync(dashboard, id))!, Token);
    }
}
