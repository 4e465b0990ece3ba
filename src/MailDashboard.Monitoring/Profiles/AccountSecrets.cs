using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Persistence.Secrets;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>Puts what was typed into an account; secrets encrypted, kept where they may be, forgotten where they are no longer used.</summary>
internal static class AccountSecrets
{
    public static void Apply(ServerAccount account, AccountDraft draft, SecretProtector secrets)
    {
        var kind = draft.Kind;
        var (keepsPassword, keepsOAuth) = (AccountRules.KeepsPassword(draft, account), AccountRules.KeepsOAuth(draft, account));
        account.ProtectedPassword = kind == SignInKind.Password ? Next(SecretProtector.ProfilePassword, draft.Password, account.ProtectedPassword, keepsPassword) : null;
        account.ProtectedClientSecret = kind == SignInKind.OAuth ? Next(SecretProtector.OAuthSecret, draft.ClientSecret, account.ProtectedClientSecret, keepsOAuth) : null;
        account.ProtectedServiceKey = kind == SignInKind.OAuth ? Next(SecretProtector.OAuthSecret, draft.ServiceKey, account.ProtectedServiceKey, keepsOAuth) : null;
        account.ProtectedRefreshToken = kind == SignInKind.OAuth && keepsOAuth && account.UserName == Trimmed(draft.UserName) ? account.ProtectedRefreshToken : null;
        Certificate(account, draft, kind, secrets);

        account.Name = draft.Name.Trim();
        account.Host = draft.Host.Trim();
        account.Port = draft.Port;
        account.Security = draft.Security;
        account.SignInKind = kind;
        account.UserName = kind == SignInKind.Nobody ? null : Trimmed(draft.UserName);
        var isOAuth = kind == SignInKind.OAuth;
        account.OAuthGrant = isOAuth ? draft.OAuthGrant : null;
        account.TokenEndpoint = isOAuth ? Trimmed(draft.TokenEndpoint) : null;
        account.AuthorizationEndpoint = isOAuth ? Trimmed(draft.AuthorizationEndpoint) : null;
        account.DeviceEndpoint = isOAuth ? Trimmed(draft.DeviceEndpoint) : null;
        account.ClientId = isOAuth ? Trimmed(draft.ClientId) ?? "" : null;
        account.Scope = isOAuth ? Trimmed(draft.Scope) : null;

        string? Next(string purpose, string? typed, string? stored, bool keeps) =>
            !string.IsNullOrEmpty(typed) ? secrets.Protect(purpose, typed) : keeps ? stored : null;
    }

    public static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    public static SendingLimits Limits(this SmtpProfile profile) => new(profile.PerMinute, profile.PerHour, profile.PerDay, profile.Connections);

    private static void Certificate(ServerAccount account, AccountDraft draft, SignInKind kind, SecretProtector secrets)
    {
        if (kind != SignInKind.Certificate)
        {
            (account.ProtectedCertificate, account.CertificateName, account.CertificateEndsAt) = (null, null, null);
        }
        else if (!draft.Certificate.IsEmpty && ClientCertificate.TryRead(draft.Certificate.Span, draft.CertificatePassword) is { } read)
        {
            using (read)
            {
                account.ProtectedCertificate = secrets.Protect(SecretProtector.ClientCertificate, ClientCertificate.Write(read));
                account.CertificateName = OutgoingMime.OneLine(read.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, forIssuer: false));
                account.CertificateEndsAt = read.NotAfter.ToUniversalTime();
            }
        }
    }
}
