using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Nameservers;

/// <summary>Whether every name server of the zone answers, speaks for it, and says the same (RFC 1034, 1912, 2182).</summary>
public sealed class NameserversCheck : CheckFamily<NameserversObservation>
{
    /// <summary>A label that exists only where every label does. Always the same, so that equal questions are asked once.</summary>
    public const string Improbable = "no-such-name-q7x2";

    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "nameservers",
        "NS",
        FamilyKind.Dns,
        NameserversFindings.All,
        new("MailDashboard.Checks.Nameservers.NameserversTexts", typeof(NameserversCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<NameserversObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var wildcards = LookForWildcardsAsync(context, cancellationToken);
        var lookup = await ZoneLookup.FindAsync(context.Dns, context.Domain, cancellationToken).ConfigureAwait(false);
        IEnumerable<string> names = lookup.Zone is null ? [] : lookup.Ns.Names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var servers = await Task.WhenAll(names.Take(NameserversObservation.ServerLimit).Select(n => LookUpAsync(context, n, cancellationToken))).ConfigureAwait(false);
        var seen = new NameserversObservation(context.Domain, lookup)
        {
            Servers = [.. servers],
            DnsOnly = context.Options.DnsOnly,
            IsSaidMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false),
        };
        return seen with
        {
            Looks = seen.DnsOnly ? [] : await AuthorityLooks.TakeAsync(context, seen, cancellationToken).ConfigureAwait(false),
            Improbable = await wildcards.ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(NameserversObservation observation) => NameserversAnalyzer.Analyze(observation);

    private static async Task<NameServer> LookUpAsync(AuditContext context, string name, CancellationToken cancellationToken)
    {
        var a = context.Dns.QueryAsync(name, DnsRecordType.A, cancellationToken);
        var aaaa = context.Dns.QueryAsync(name, DnsRecordType.AAAA, cancellationToken);
        return new NameServer(name, await a.ConfigureAwait(false), await aaaa.ConfigureAwait(false));
    }

    private static async Task<ImmutableArray<DnsAnswer>> LookForWildcardsAsync(AuditContext context, CancellationToken cancellationToken)
    {
        Task<DnsAnswer> Ask(string name, DnsRecordType type) => context.Dns.QueryAsync(name, type, cancellationToken);

        var below = $"{Improbable}.{context.Domain}";
        var key = Ask(DkimSelectors.RecordName(DkimSelectors.Improbable, context.Domain), DnsRecordType.TXT);
        var dmarc = Ask($"{Improbable}._dmarc.{context.Domain}", DnsRecordType.TXT);
        var address = await Ask(below, DnsRecordType.A).ConfigureAwait(false);

        // NXDOMAIN holds for every type.
        Task<DnsAnswer>[] others = address.Status == DnsStatus.NxDomain ? [] : [Ask(below, DnsRecordType.MX), Ask(below, DnsRecordType.TXT)];
        return [address, .. await Task.WhenAll([.. others, key, dmarc]).ConfigureAwait(false)];
    }
}
