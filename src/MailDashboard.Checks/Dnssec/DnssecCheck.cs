using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dnssec;

/// <summary>Whether the zone is signed and the signature holds (RFC 4033 to 4035).</summary>
public sealed class DnssecCheck : CheckFamily<DnssecObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } =
        new("dnssec", "DNSSEC", FamilyKind.Dns, DnssecFindings.All, new("MailDashboard.Checks.Dnssec.DnssecTexts", typeof(DnssecCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<DnssecObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var finding = ZoneLookup.FindAsync(context.Dns, context.Domain, cancellationToken);
        var keysTask = context.Dns.QueryAsync(context.Domain, DnsRecordType.DNSKEY, cancellationToken);
        var dsTask = context.Dns.QueryAsync(context.Domain, DnsRecordType.DS, cancellationToken);
        var mxTask = CheckedQuestion.AskAsync(context, context.Domain, DnsRecordType.MX, cancellationToken);
        var targets = await MxTargets.LookUpAsync(context, cancellationToken).ConfigureAwait(false);
        var hosts = targets.Hosts.Where(h => !DnsNames.IsEqualOrBelow(h.Name, context.Domain) && h is { IsLiteral: false, IsLocalhost: false });
        var hostTasks = hosts.Select(h => CheckedQuestion.AskAsync(context, h.Name, DnsRecordType.A, cancellationToken)).ToList();

        var zone = (await finding.ConfigureAwait(false)).Zone;
        var isAbove = zone is not null && zone != context.Domain;
        keysTask = isAbove ? context.Dns.QueryAsync(zone!, DnsRecordType.DNSKEY, cancellationToken) : keysTask;
        dsTask = isAbove ? context.Dns.QueryAsync(zone!, DnsRecordType.DS, cancellationToken) : dsTask;
        var seen = new DnssecObservation(
            context.Domain,
            await mxTask.ConfigureAwait(false),
            zone,
            await keysTask.ConfigureAwait(false),
            await dsTask.ConfigureAwait(false))
        {
            Hosts = [.. await Task.WhenAll(hostTasks).ConfigureAwait(false)],
            IsSaidMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false),
        };
        return !seen.IsAuthenticated && seen.Ds.Status == DnsStatus.Answered
            ? seen with { Root = await context.Dns.QueryAsync("", DnsRecordType.DNSKEY, cancellationToken).ConfigureAwait(false) }
            : seen;
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(DnssecObservation observation) => DnssecAnalyzer.Analyze(observation);
}
