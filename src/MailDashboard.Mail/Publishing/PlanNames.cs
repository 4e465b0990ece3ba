using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing;

/// <summary>Which of the names and addresses that people enter may go into a record: nothing that a zone file would read otherwise.</summary>
internal static class PlanNames
{
    /// <summary>A complete host name, normalised.</summary>
    public static bool IsHost(string name) => name.Contains('.', StringComparison.Ordinal) && IsName(name);

    /// <summary>Labels of letters, digits, dashes and underscores.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && DnsNames.CanBeAsked(name) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>An address without the characters that part a list of tags or of destinations, or that a URI would have to escape.</summary>
    public static bool IsReportAddress(string address) => address.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-' or '_' or '=' or '~' or '@');
}
