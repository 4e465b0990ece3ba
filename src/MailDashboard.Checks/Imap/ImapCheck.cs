using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Imap;

/// <summary>Whether mail programs can read safely with IMAP: the ports 993 and 143 of the hosts they connect to (RFC 9051, RFC 8314).</summary>
public sealed class ImapCheck : CheckFamily<ServicesObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } =
        new("imap", "IMP", FamilyKind.Connection, ImapFindings.All, new("MailDashboard.Checks.Imap.ImapTexts", typeof(ImapCheck).Assembly));

    /// <inheritdoc/>
    public override Task<ServicesObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken) =>
        ServicesObservation.ObserveAsync(context, ClientProtocol.Imap, cancellationToken);

    /// <inheritdoc/>
    public override CheckOutcome Analyze(ServicesObservation observation) => ImapAnalyzer.Analyze(observation);
}
