using System.Net;
using MailDashboard.Monitoring.Persistence.Entities;
using MimeKit;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>What a profile and a recipient may be. Pure.</summary>
internal static class ProfileRules
{
    public static IReadOnlyList<ProfileProblem> Check(ProfileDraft draft, SmtpProfile? stored)
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

        if (!IsAddress(draft.SenderAddress))
        {
            problems.Add(new(nameof(draft.SenderAddress), string.IsNullOrWhiteSpace(draft.SenderAddress) ? ProfileFault.Missing : ProfileFault.NotAnAddress));
        }

        if (draft.Name.Length > 100)
        {
            problems.Add(new(nameof(draft.Name), ProfileFault.TooLong));
        }

        if (!string.IsNullOrWhiteSpace(draft.UserName) && string.IsNullOrEmpty(draft.Password) && !KeepsPassword(draft, stored))
        {
            problems.Add(new(nameof(draft.Password), ProfileFault.PasswordNeeded));
        }

        return problems;
    }

    /// <summary>Else a stored password could be sent to a server of somebody's choice, or in clear.</summary>
    public static bool KeepsPassword(ProfileDraft draft, SmtpProfile? stored) =>
        stored?.ProtectedPassword is not null
        && string.Equals(stored.Host, draft.Host.Trim(), StringComparison.OrdinalIgnoreCase)
        && stored.Port == draft.Port
        && (stored.Security == draft.Security || draft.Security != SmtpSecurity.None)
        && stored.UserName == draft.UserName?.Trim();

    public static bool IsAddress(string? text) =>
        text is { Length: > 0 and <= 254 }
        && MailboxAddress.TryParse(text, out var parsed)
        && parsed.Address == text.Trim()
        && parsed.Address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at < parsed.Address.Length - 1;

    private static bool IsHost(string host) =>
        host.Length <= 253 && (IPAddress.TryParse(host.Trim('[', ']'), out _) || Uri.CheckHostName(host) == UriHostNameType.Dns);
}
