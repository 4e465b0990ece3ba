using MailDashboard.Checks.Auditing;

namespace MailDashboard.Checks.Mx;

/// <summary>Where mail for the domain goes, and whether it gets there: MX, null MX, hosts, addresses, port 25.</summary>
public sealed class MxCheck : CheckFamily<MxObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } =
        new("mx", "MX", FamilyKind.Dns, MxFindings.All, new("MailDashboard.Checks.Mx.MxTexts", typeof(MxCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<MxObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var targets = await MxTargets.LookUpAsync(context, cancellationToken).ConfigureAwait(false);
        var roles = await context.RolesAsync().ConfigureAwait(false);
        var probes = context.Options.DnsOnly ? [] : await MxProbe.ProbeAsync(context, targets, cancellationToken).ConfigureAwait(false);
        return new MxObservation(context.Domain, roles, context.Target.Roles is not null, targets)
        {
            Probes = probes,
            DnsOnly = context.Options.DnsOnly,
            Port25IsProven = context.Port25.IsProven,
            Port25IsBlocked = context.Port25.IsProbablyBlocked,
        };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(MxObservation observation) => MxAnalyzer.Analyze(observation);
}
