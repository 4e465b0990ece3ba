namespace MailDashboard.Web.Account;

/// <summary>Where to go after signing in: a path of ours, whatever a link claims.</summary>
internal static class ReturnUrl
{
    public static string Safe(string? url) =>
        url is ['/', ..] && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal) && !url.Any(char.IsControl)
            ? url
            : "/";
}
