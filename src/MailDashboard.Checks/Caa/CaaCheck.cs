using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Caa;

/// <summary>Who may issue certificates for the domain and its mail hosts (RFC 8659).</summary>
public sealed class CaaCheck : CheckFamily<CaaObservation>
{
    /// <summary>More steps from a name upward are not gone.</summary>
    public const int StepLimit = 12;

    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } =
        new("caa", "CAA", FamilyKind.Dns, CaaFindings.All, new("MailDashboard.Checks.Caa.CaaTexts", typeof(CaaCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<CaaObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var own = ClimbAsync(context, context.Domain, cancellationToken);
        var roles = await context.RolesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var isMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false);
        var mx = await context.Dns.QueryAsync(context.Domain, DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        var hosts = mx.Exchanges.Select(m => m.Exchange)
            .Where(h => h != context.Domain && DnsNames.IsEqualOrBelow(h, context.Domain))
            .Distinct(StringComparer.Ordinal)
            .Take(MxTargets.HostLimit);
        var climbs = await Task.WhenAll(hosts.Select(h => ClimbAsync(context, h, cancellationToken)).Prepend(own)).ConfigureAwait(false);
        return new CaaObservation(context.Domain, roles, [.. climbs])
        {
            IsSaidMissing = isMissing,
            Unanswered = mx.IsDefinite ? null : mx,
        };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(CaaObservation observation) => CaaAnalyzer.Analyze(observation);

    private static async Task<CaaClimb> ClimbAsync(AuditContext context, string name, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        for (var at = name; at is not null && at.Contains('.', StringComparison.Ordinal) && names.Count < StepLimit; at = DnsNames.Parent(at))
        {
            names.Add(at);
        }

        // All at once: what lies above records in force is asked for nothing, and spares a round trip for each step.
        var steps = await Task.WhenAll(names.Select(n => context.Dns.QueryAsync(n, DnsRecordType.CAA, cancellationToken))).ConfigureAwait(false);
        return new CaaClimb(name, [.. steps]);
    }
}
