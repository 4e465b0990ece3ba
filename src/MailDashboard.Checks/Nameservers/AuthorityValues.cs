using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Nameservers;

/// <summary>Answers of name servers in a form that can be compared and shown.</summary>
internal static class AuthorityValues
{
    /// <summary>Its records, sorted.</summary>
    public static IEnumerable<string> Of(AuthorityAnswer answer) => answer.Records.Select(DnsRecordText.Of).Order(StringComparer.Ordinal);

    /// <summary>All of them in one text; null where the server did not say what there is.</summary>
    public static string? Whole(AuthorityAnswer answer) =>
        answer is { End: AuthorityEnd.Answered, IsAuthoritative: true, Status: DnsStatus.Answered or DnsStatus.NoData or DnsStatus.NxDomain }
            ? string.Join('\n', Of(answer))
            : null;
}
