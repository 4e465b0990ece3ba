using MailDashboard.Checks.Compliance;

namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>How a domain stands with one mailbox provider: what the list of all domains shows, judged whenever something it hangs on changes.</summary>
public sealed class ComplianceState
{
    public int DomainId { get; set; }

    /// <summary>Id of the provider.</summary>
    public required string Provider { get; set; }

    public ComplianceStatus Status { get; set; }

    /// <summary>Version of the rules it was judged by.</summary>
    public int RulesVersion { get; set; }
}
