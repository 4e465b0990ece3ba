using System.Net;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;
using MimeKit;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>What a server, who we are there, and a recipient may be. Pure.</summary>
internal static class AccountRules
{
    private const int LongestName = 100;
    private const int LongestField = 1000;

    public static List<ProfileProblem> Check(AccountDraft draft, ServerAccount? stored)
    {
        var problems = new List<ProfileProblem>();
        if (string.IsNullOrWhiteSpace(draft.Host))
        {
            problems.Add(new(nameof(draft.Host), ProfileFault.Missing));
        }
        else if (!IsHost(draft.Host.Trim()))
        {
            problems.Add(new(nameof(draft.Host), ProfileFault.NotAHost));
        }

        if (draft.Port is < 1 or > 65535)
        {
            problems.Add(new(nameof(draft.Port), ProfileFault.NotAPort));
        }

        if (draft.Name.Length > LongestName)
        {
            problems.Add(new(nameof(draft.Name), ProfileFault.TooLong));
        }

        problems.AddRange(TooLong(
            (nameof(draft.UserName), draft.UserName), (nameof(draft.ClientId), draft.ClientId), (nameof(draft.Scope), draft.Scope), (nameof(draft.Password), draft.Password),
            (nameof(draft.ClientSecret), draft.ClientSecret)));
        problems.AddRange(draft.Kind switch
        {
            SignInKind.Password => Password(draft, stored),
            SignInKind.OAuth => OAuth(draft, stored),
            SignInKind.Certificate => Certificate(draft, stored),
            _ => [],
        });
        return problems;
    }

    public static List<ProfileProblem> Check(ProfileDraft draft, SmtpProfile? stored)
    {
        var problems = Check((AccountDraft)draft, stored);
        if (!IsAddress(draft.SenderAddress))
        {
            problems.Add(new(nameof(draft.SenderAddress), string.IsNullOrWhiteSpace(draft.SenderAddress) ? ProfileFault.Missing : ProfileFault.NotAnAddress));
        }

        problems.AddRange(TooLong((nameof(draft.SenderName), draft.SenderName)));
        var limits = draft.Limits;
        problems.AddRange(
            new (string Field, int? Most)[] { (nameof(limits.PerMinute), limits.PerMinute), (nameof(limits.PerHour), limits.PerHour), (nameof(limits.PerDay), limits.PerDay), (nameof(limits.Connections), limits.Connections) }
                .Where(l => l.Most < 1)
                .Select(l => new ProfileProblem(l.Field, ProfileFault.NotALimit)));
        return problems;
    }

    /// <summary>Else a stored password could be sent to a server of somebody's choice, or in clear.</summary>
    public static bool KeepsPassword(AccountDraft draft, ServerAccount? stored) =>
        stored?.ProtectedPassword is not null && IsSameServer(draft, stored) && stored.UserName == draft.UserName?.Trim();

    /// <summary>The same for what is sent to a token endpoint, and for the token, which is sent to the server.</summary>
    public static bool KeepsOAuth(AccountDraft draft, ServerAccount? stored) =>
        stored is { SignInKind: SignInKind.OAuth } && IsSameServer(draft, stored)
        && stored.TokenEndpoint == draft.TokenEndpoint?.Trim() && stored.ClientId == (draft.ClientId?.Trim() ?? "") && stored.OAuthGrant == draft.OAuthGrant;

    public static bool IsAddress(string? text) =>
        text is { Length: > 0 and <= 254 }
        && MailboxAddress.TryParse(text, out var parsed)
        && parsed.Address == text.Trim()
        && parsed.Address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at < parsed.Address.Length - 1;

    private static bool IsSameServer(AccountDraft draft, ServerAccount stored) =>
        string.Equals(stored.Host, draft.Host.Trim(), StringComparison.OrdinalIgnoreCase)
        && stored.Port == draft.Port
        && (stored.Security == draft.Security || draft.Security != ServerSecurity.None);

    private static bool IsHost(string host) =>
        host.Length <= 253 && (IPAddress.TryParse(host.Trim('[', ']'), out _) || Uri.CheckHostName(host) == UriHostNameType.Dns);

    private static IEnumerable<ProfileProblem> Password(AccountDraft draft, ServerAccount? stored)
    {
        if (string.IsNullOrWhiteSpace(draft.UserName))
        {
            yield return new(nameof(draft.UserName), ProfileFault.Missing);
        }
        else if (string.IsNullOrEmpty(draft.Password) && !KeepsPassword(draft, stored))
        {
            yield return new(nameof(draft.Password), ProfileFault.PasswordNeeded);
        }
    }

    private static IEnumerable<ProfileProblem> OAuth(AccountDraft draft, ServerAccount? stored)
    {
        var keeps = KeepsOAuth(draft, stored);
        if (string.IsNullOrWhiteSpace(draft.UserName))
        {
            yield return new(nameof(draft.UserName), ProfileFault.Missing);
        }

        if (string.IsNullOrWhiteSpace(draft.TokenEndpoint))
        {
            yield return new(nameof(draft.TokenEndpoint), ProfileFault.Missing);
        }

        foreach (var (field, value) in new[] { (nameof(draft.TokenEndpoint), draft.TokenEndpoint), (nameof(draft.AuthorizationEndpoint), draft.AuthorizationEndpoint), (nameof(draft.DeviceEndpoint), draft.DeviceEndpoint) })
        {
            if (!string.IsNullOrWhiteSpace(value) && !IsWebAddress(value))
            {
                yield return new(field, ProfileFault.NotAWebAddress);
            }
        }

        if (draft.OAuthGrant == OAuthGrant.ServiceAccount)
        {
            if (string.IsNullOrWhiteSpace(draft.ServiceKey) ? !keeps || stored?.ProtectedServiceKey is null : ServiceAccountKey.TryRead(draft.ServiceKey) is null)
            {
                yield return new(nameof(draft.ServiceKey), string.IsNullOrWhiteSpace(draft.ServiceKey) ? ProfileFault.Missing : ProfileFault.NotAKey);
            }

            yield break;
        }

        if (string.IsNullOrWhiteSpace(draft.ClientId))
        {
            yield return new(nameof(draft.ClientId), ProfileFault.Missing);
        }

        if (draft.OAuthGrant == OAuthGrant.ClientCredentials && string.IsNullOrEmpty(draft.ClientSecret) && (!keeps || stored?.ProtectedClientSecret is null))
        {
            yield return new(nameof(draft.ClientSecret), ProfileFault.SecretNeeded);
        }
    }

    private static IEnumerable<ProfileProblem> Certificate(AccountDraft draft, ServerAccount? stored)
    {
        if (draft.Security == ServerSecurity.None)
        {
            yield return new(nameof(draft.Security), ProfileFault.NotACertificate);
        }

        if (draft.Certificate.IsEmpty)
        {
            if (stored?.ProtectedCertificate is null)
            {
                yield return new(nameof(draft.Certificate), ProfileFault.Missing);
            }
        }
        else
        {
            using var read = ClientCertificate.TryRead(draft.Certificate.Span, draft.CertificatePassword);
            if (read is null)
            {
                yield return new(nameof(draft.Certificate), ProfileFault.NotACertificate);
            }
        }
    }

    /// <summary>Without encryption only where the guard lets it: that is decided when it is asked.</summary>
    private static bool IsWebAddress(string text) =>
        text.Length <= LongestField && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.UserInfo.Length == 0;

    private static IEnumerable<ProfileProblem> TooLong(params IEnumerable<(string Field, string? Value)> fields) =>
        fields.Where(f => f.Value?.Length > LongestField).Select(f => new ProfileProblem(f.Field, ProfileFault.TooLong));
}
