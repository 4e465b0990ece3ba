using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Recording;

/// <summary>Keeps in the domain's own row what lists of domains show, so that they need nothing else.</summary>
internal static class DomainSummary
{
    public const string Completed = "completed";
    public const string NotApplicable = "notApplicable";
    public const string Inconclusive = "inconclusive";

    public static void Apply(DomainMemory memory, AuditReport report, Score? score, DateTimeOffset now)
    {
        var domain = memory.Domain;
        Count(memory, now);
        domain.UndeterminedCount = memory.Families.Values.Count(s => s.Outcome == Inconclusive);
        domain.LastAuditAt = now;
        domain.FirstAuditAt ??= now;
        (domain.Score, domain.Grade) = (score?.Value, score?.Grade);
        Policy(domain, report);
        Roles(domain, report);
    }

    /// <summary>Counts what is open and not accepted.</summary>
    public static void Count(DomainMemory memory, DateTimeOffset now)
    {
        var domain = memory.Domain;
        var open = memory.Findings.Where(f => f.ResolvedAt is null && !Acceptance.Covers(memory.Accepted, f, now)).ToList();
        domain.CriticalCount = open.Count(f => f.Severity == Severity.Critical);
        domain.ErrorCount = open.Count(f => f.Severity == Severity.Error);
        domain.WarningCount = open.Count(f => f.Severity == Severity.Warning);
        domain.WorstSeverity = open.Where(f => f.Severity >= Severity.Notice).Select(f => (Severity?)f.Severity).Max();
    }

    private static void Policy(MailDomain domain, AuditReport report)
    {
        var dmarc = report.Families.FirstOrDefault(f => f.Family == "dmarc")?.Outcome;
        if (dmarc is CheckOutcome.Completed or CheckOutcome.NotApplicable)
        {
            domain.DmarcPolicy = dmarc.Details.Facts.FirstOrDefault(f => f.Key == "policy")?.Value;
        }
    }

    /// <summary>Proposals stand until DNS has answered again: "could not look" proposes both roles.</summary>
    private static void Roles(MailDomain domain, AuditReport report)
    {
        var basis = report.Families.Where(f => f.Family is "mx" or "spf").ToList();
        if (basis.Count > 0 && basis.TrueForAll(f => f.Outcome is not CheckOutcome.Inconclusive) && domain is not { Sends: not null, Receives: not null })
        {
            domain.ProposedSends = domain.Sends is null ? report.Roles.Sends : domain.ProposedSends;
            domain.ProposedReceives = domain.Receives is null ? report.Roles.Receives : domain.ProposedReceives;
        }
    }
}
