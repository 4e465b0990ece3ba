using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Submission;

/// <summary>Whether mail programs can send safely: the ports 465 and 587 of the hosts they connect to (RFC 6409, RFC 8314).</summary>
public sealed class SubmissionCheck : CheckFamily<ServicesObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } =
        new("submission", "SUB", FamilyKind.Connection, SubmissionFindings.All, new("MailDashboard.Checks.Submission.SubmissionTexts", typeof(SubmissionCheck).Assembly));

    /// <inheritdoc/>
    public override Task<ServicesObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken) =>
        ServicesObservation.ObserveAsync(context, ClientProtocol.Submission, cancellationToken);

    /// <inheritdoc/>
    public override CheckOutcome Analyze(ServicesObservation observation) => SubmissionAnalyzer.Analyze(observation);
}
