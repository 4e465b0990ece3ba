using System.Collections.Immutable;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Scoring;

namespace MailDashboard.Checks.Auditing;

/// <summary>What one family came to.</summary>
/// <param name="Family">Its id.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record FamilyReport(string Family, CheckOutcome Outcome, TimeSpan Elapsed)
{
    /// <summary>What a defective family threw, for the log; null otherwise. Its outcome is inconclusive then.</summary>
    public Exception? Defect { get; init; }
}

/// <summary>Told while an audit runs: <paramref name="Report"/> is null when the family starts, set when it is done.</summary>
public sealed record FamilyProgress(string Family, FamilyReport? Report);

/// <summary>Everything that was asked and said, for "how was it seen".</summary>
/// <param name="Dns">Each question, in the order the answers came.</param>
/// <param name="Conversations">Each SMTP conversation.</param>
public sealed record AuditTranscript(ImmutableArray<DnsAnswer> Dns, ImmutableArray<SmtpObservation> Conversations)
{
    /// <summary>Each conversation with another port of a host.</summary>
    public ImmutableArray<HostConversation> Hosts { get; init; } = [];
}

/// <summary>One look at one domain.</summary>
public sealed record AuditReport(
    string Domain,
    DateTimeOffset StartedAt,
    TimeSpan Elapsed,
    MailRoles Roles,
    ImmutableArray<FamilyReport> Families,
    AuditTranscript Transcript)
{
    /// <summary>DNS questions that went to the wire.</summary>
    public int DnsQueries => Transcript.Dns.Count(a => a is { FromCache: false, Status: not DnsStatus.InvalidName });

    /// <summary>The score of this report alone; null where only some families were asked for.</summary>
    public Score? Score { get; init; }
}
