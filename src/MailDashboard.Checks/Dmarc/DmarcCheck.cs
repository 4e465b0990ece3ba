using System.Collections.Immutable;
using System.Resources;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dmarc;

/// <summary>The DMARC policy of a domain (RFC 9989) and the destinations of its reports (RFC 9990).</summary>
public sealed class DmarcCheck : CheckFamily<DmarcObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "dmarc",
        "DMARC",
        FamilyKind.Dns,
        DmarcFindings.All,
        new ResourceManager("MailDashboard.Checks.Dmarc.DmarcTexts", typeof(DmarcCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<DmarcObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var roles = context.RolesAsync();
        var discovery = await DmarcTreeWalk.DiscoverAsync(context.Dns, context.Domain, cancellationToken).ConfigureAwait(false);
        var destinations = await DmarcDestinations.LookAsync(context.Dns, discovery, cancellationToken).ConfigureAwait(false);
        var isAbsent = discovery is { Source: null, Failure: null } && discovery.Own.Candidates.IsEmpty;
        return new DmarcObservation(await roles.WaitAsync(cancellationToken).ConfigureAwait(false), discovery)
        {
            Destinations = destinations,
            IsSaidMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false),
            Misplaced = isAbsent ? await LookElsewhereAsync(context, cancellationToken).ConfigureAwait(false) : [],
        };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(DmarcObservation observation) => DmarcAnalyzer.Analyze(observation);

    /// <summary>The two usual slips: the record at the domain itself, and the domain added twice by a console.</summary>
    private static async Task<ImmutableArray<DnsAnswer>> LookElsewhereAsync(AuditContext context, CancellationToken cancellationToken)
    {
        string[] names = [context.Domain, $"_dmarc.{context.Domain}.{context.Domain}"];
        var answers = await Task.WhenAll(names.Select(n => context.Dns.QueryAsync(n, DnsRecordType.TXT, cancellationToken))).ConfigureAwait(false);
        return [.. answers.Where(a => a.Texts.Any(t => DmarcRecord.Parse(t) is not null))];
    }
}
