using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Imap;

/// <summary>Judges what was seen of IMAP.</summary>
public static class ImapAnalyzer
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(ServicesObservation seen) => ServiceAnalyzer.Analyze(seen, ImapFindings.Shared, "reading-tls");
}
