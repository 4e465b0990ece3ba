using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Pop3;

/// <summary>Judges what was seen of POP3.</summary>
public static class Pop3Analyzer
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(ServicesObservation seen) => ServiceAnalyzer.Analyze(seen, Pop3Findings.Shared, "reading-tls");
}
