using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;

namespace MailDashboard.Checks.Tls;

/// <summary>Which versions of TLS each port of the domain's hosts offers, and how strong what it shows is.</summary>
public sealed class TlsCheck : CheckFamily<TlsObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } =
        new("tls", "TLS", FamilyKind.Connection, TlsFindings.All, new("MailDashboard.Checks.Tls.TlsTexts", typeof(TlsCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<TlsObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var nothing = new TlsObservation(context.Domain, [], context.Time.GetUtcNow());
        if (await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false))
        {
            return nothing with { IsMissing = true };
        }

        if ((await context.RolesAsync().ConfigureAwait(false)).IsParked)
        {
            return nothing with { IsParked = true };
        }

        var services = context.ClientServicesAsync();
        var targets = await MxTargets.LookUpAsync(context, cancellationToken).ConfigureAwait(false);
        var exchangers = await MxProbe.ProbeAsync(context, targets, cancellationToken).ConfigureAwait(false);
        var ports = await TlsPorts.ProbeAsync(context, targets, exchangers, await services.ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return nothing with
        {
            Ports = ports,
            At = context.Time.GetUtcNow(),
            IsStrict = context.Target.IsStrict,
            Unanswered = targets.Mx.IsDefinite ? targets.Hosts.Select(h => h.Addresses.IsEmpty ? h.Unanswered : null).FirstOrDefault(u => u is not null) : targets.Mx,
        };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(TlsObservation observation) => TlsAnalyzer.Analyze(observation);
}
