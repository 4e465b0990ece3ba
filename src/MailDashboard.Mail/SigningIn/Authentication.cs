using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Security;

namespace MailDashboard.Mail.SigningIn;

/// <summary>Signs a MailKit client in, whatever it speaks.</summary>
internal static class Authentication
{
    /// <summary>Before the connection: a certificate belongs to the handshake.</summary>
    public static void Prepare(IMailService client, SignIn signIn)
    {
        if (signIn is SignIn.WithCertificate { Certificate: var certificate })
        {
            client.ClientCertificates = new X509CertificateCollection { certificate };
        }
    }

    /// <exception cref="AuthenticationException">The server refuses.</exception>
    /// <exception cref="NotSupportedException">The server does not offer this way.</exception>
    public static async Task RunAsync(IMailService client, SignIn signIn, CancellationToken cancellationToken)
    {
        switch (signIn)
        {
            case SignIn.WithPassword password:
                await client.AuthenticateAsync(password.UserName, password.Password, cancellationToken).ConfigureAwait(false);
                break;
            case SignIn.WithToken token:
                await client.AuthenticateAsync(Mechanism(client, token), cancellationToken).ConfigureAwait(false);
                break;
            case SignIn.WithCertificate certificate when client.AuthenticationMechanisms.Contains("EXTERNAL"):
                await client.AuthenticateAsync(new SaslExternal(certificate.UserName), cancellationToken).ConfigureAwait(false);
                break;
            default:
                // Nobody signs in; or the handshake alone has let the certificate in (Postfix, permit_tls_clientcerts).
                break;
        }
    }

    private static SaslMechanism Mechanism(IMailService client, SignIn.WithToken token) =>
        client.AuthenticationMechanisms.Contains("OAUTHBEARER") ? new SaslMechanismOAuthBearer(token.UserName, token.AccessToken)
        : client.AuthenticationMechanisms.Contains("XOAUTH2") ? new SaslMechanismOAuth2(token.UserName, token.AccessToken)
        : throw new NotSupportedException($"The server does not offer to sign in with a token (OAUTHBEARER or XOAUTH2); it offers: {Offered(client)}");

    private static string Offered(IMailService client) =>
        client.AuthenticationMechanisms.Count == 0 ? "nothing" : string.Join(", ", client.AuthenticationMechanisms.Order(StringComparer.Ordinal));
}
