using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Pop3;

/// <summary>Whether mail programs can read safely with POP3: the ports 995 and 110 of the hosts they connect to (RFC 1939, RFC 2595, RFC 8314).</summary>
public sealed class Pop3Check : CheckFamily<ServicesObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } =
        new("pop3", "POP", FamilyKind.Connection, Pop3Findings.All, new("MailDashboard.Checks.Pop3.Pop3Texts", typeof(Pop3Check).Assembly));

    /// <inheritdoc/>
    public override Task<ServicesObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken) =>
        ServicesObservation.ObserveAsync(context, ClientProtocol.Pop3, cancellationToken);

    /// <inheritdoc/>
    public override CheckOutcome Analyze(ServicesObservation observation) => Pop3Analyzer.Analyze(observation);
}
