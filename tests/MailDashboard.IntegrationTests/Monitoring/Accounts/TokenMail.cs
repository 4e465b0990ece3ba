using System.Net;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.IntegrationTests.Servers.Web;

namespace MailDashboard.IntegrationTests.Monitoring.Accounts;

/// <summary>A Postfix that asks a Dovecot whom to let in, which asks the token server whether the token is good.</summary>
internal sealed record TokenMail(DovecotServer Dovecot, PostfixServer Postfix) : IAsyncDisposable
{
    /// <param name="tokens">Who knows which tokens are good.</param>
    /// <param name="mechanism">That both offer: <c>oauthbearer</c> or <c>xoauth2</c>.</param>
    /// <param name="address">Dovecot's, of its own: it takes the usual ports.</param>
    public static async Task<TokenMail> StartAsync(TokenServer tokens, string mechanism, string address)
    {
        var token = TestContext.Current.CancellationToken;
        var authority = LoopbackPorts.Free();
        var dovecot = await DovecotServer.StartAsync(
            new DovecotSettings { Address = IPAddress.Parse(address), Protocols = "imap", Mechanisms = mechanism, DisablePlaintextAuth = false, Introspection = tokens.Introspection, Authority = authority },
            token);
        return new TokenMail(dovecot, await PostfixServer.StartAsync(
            new PostfixSettings
            {
                Parameters = new Dictionary<string, string>
                {
                    ["smtpd_sasl_auth_enable"] = "yes",
                    ["smtpd_sasl_type"] = "dovecot",
                    ["smtpd_sasl_path"] = $"inet:{authority}",
                    ["smtpd_recipient_restrictions"] = "permit_sasl_authenticated, reject",
                    ["smtpd_relay_restrictions"] = "permit_sasl_authenticated, reject",
                },
            },
            token));
    }

    public async ValueTask DisposeAsync()
    {
        await Postfix.DisposeAsync();
        await Dovecot.DisposeAsync();
    }
}
