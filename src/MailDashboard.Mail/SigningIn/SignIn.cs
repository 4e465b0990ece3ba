using System.Security.Cryptography.X509Certificates;

namespace MailDashboard.Mail.SigningIn;

/// <summary>How we prove who we are to a submission server or a mailbox. A closed set. No secret is in <see cref="object.ToString"/>.</summary>
public abstract record SignIn
{
    private SignIn()
    {
    }

    /// <summary>Nobody signs in.</summary>
    public static SignIn Nobody { get; } = new WithNothing();

    /// <summary>Whom we sign in as; null where the server is not told.</summary>
    public abstract string? User { get; }

    /// <summary>What must appear in no transcript, whatever it is encoded as.</summary>
    internal abstract IReadOnlyList<string> Secrets { get; }

    /// <summary>With a password where there is a user; nobody otherwise.</summary>
    public static SignIn Of(string? userName, string? password) =>
        string.IsNullOrWhiteSpace(userName) ? Nobody : new WithPassword(userName.Trim(), password ?? "");

    /// <summary>No sign-in: a relay that knows us by our address.</summary>
    public sealed record WithNothing : SignIn
    {
        /// <inheritdoc/>
        public override string? User => null;

        internal override IReadOnlyList<string> Secrets => [];
    }

    /// <summary>The best mechanism that the server offers for a password: SCRAM before PLAIN before LOGIN (RFC 4954, RFC 7677).</summary>
    /// <param name="UserName">As the provider wants it, often the address.</param>
    /// <param name="Password">Never in any output.</param>
    public sealed record WithPassword(string UserName, string Password) : SignIn
    {
        /// <inheritdoc/>
        public override string? User => UserName;

        internal override IReadOnlyList<string> Secrets => Password.Length == 0 ? [] : [Password, $"\0{UserName}\0{Password}"];

        /// <inheritdoc/>
        public override string ToString() => $"password of {UserName}";
    }

    /// <summary>An OAuth 2.0 access token, by OAUTHBEARER (RFC 7628) or XOAUTH2.</summary>
    /// <param name="UserName">The mailbox.</param>
    /// <param name="AccessToken">Never in any output.</param>
    public sealed record WithToken(string UserName, string AccessToken) : SignIn
    {
        /// <inheritdoc/>
        public override string? User => UserName;

        internal override IReadOnlyList<string> Secrets => [AccessToken, $"user={UserName}\u0001auth=Bearer {AccessToken}\u0001\u0001"];

        /// <inheritdoc/>
        public override string ToString() => $"token of {UserName}";
    }

    /// <summary>A client certificate in the TLS handshake, and SASL EXTERNAL (RFC 4422 appendix A) where the server offers it.</summary>
    /// <param name="Certificate">With its private key.</param>
    /// <param name="UserName">Whom to act as; null takes whom the certificate names.</param>
    public sealed record WithCertificate(X509Certificate2 Certificate, string? UserName) : SignIn
    {
        /// <inheritdoc/>
        public override string? User => UserName;

        internal override IReadOnlyList<string> Secrets => [];

        /// <inheritdoc/>
        public override string ToString() => $"certificate {Certificate.Thumbprint}";
    }
}
