using System.Resources;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>The family <c>spf</c>: the domain's SPF record and everything it includes (RFC 7208).</summary>
public sealed class SpfCheck : CheckFamily<SpfObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "spf",
        "SPF",
        FamilyKind.Dns,
        SpfFindings.All,
        new ResourceManager("MailDashboard.Checks.Spf.SpfTexts", typeof(SpfCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<SpfObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var roles = context.RolesAsync();
        var texts = context.Dns.QueryAsync(context.Domain, DnsRecordType.TXT, cancellationToken);
        var tree = SpfTreeWalker.WalkAsync(context.Dns, context.Domain, cancellationToken);
        return new SpfObservation(
            context.Domain,
            await roles.ConfigureAwait(false),
            await texts.ConfigureAwait(false),
            await tree.ConfigureAwait(false),
            context.Target.SendingAddresses)
        {
            IsSaidMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(SpfObservation observation) => SpfAnalyzer.Analyze(observation);
}
