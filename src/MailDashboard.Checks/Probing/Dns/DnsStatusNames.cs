namespace MailDashboard.Checks.Probing.Dns;

/// <summary>How administrators write the end of a question.</summary>
public static class DnsStatusNames
{
    /// <summary>The response code as <c>dig</c> prints it, or a word for what has none.</summary>
    public static string Code(this DnsStatus status) => status switch
    {
        DnsStatus.Answered or DnsStatus.NoData => "NOERROR",
        DnsStatus.NxDomain => "NXDOMAIN",
        DnsStatus.ServFail => "SERVFAIL",
        DnsStatus.Refused => "REFUSED",
        DnsStatus.Timeout => "TIMEOUT",
        _ => status.ToString(),
    };
}
