using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.StartTls;

/// <summary>Whether mail can reach every MX address encrypted: greeting, EHLO, STARTTLS, version, certificate.</summary>
public sealed class StartTlsCheck : CheckFamily<StartTlsObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "starttls",
        "STL",
        FamilyKind.Connection,
        StartTlsFindings.All,
        new("MailDashboard.Checks.StartTls.StartTlsTexts", typeof(StartTlsCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<StartTlsObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var sts = context.Dns.QueryAsync($"_mta-sts.{context.Domain}", DnsRecordType.TXT, cancellationToken);
        var targets = await MxTargets.LookUpAsync(context, cancellationToken).ConfigureAwait(false);
        var roles = await context.RolesAsync().ConfigureAwait(false);
        var probes = await MxProbe.ProbeAsync(context, targets, cancellationToken).ConfigureAwait(false);
        var hasSts = (await sts.ConfigureAwait(false)).Texts.Any(t => t.StartsWith("v=STSv1", StringComparison.Ordinal));
        return new StartTlsObservation(context.Domain, roles.Receives, targets, probes, context.Time.GetUtcNow(), hasSts)
        {
            Pinned = hasSts ? [] : await PinnedCertificates.FindAsync(context, targets, probes, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(StartTlsObservation observation) => StartTlsAnalyzer.Analyze(observation);
}
