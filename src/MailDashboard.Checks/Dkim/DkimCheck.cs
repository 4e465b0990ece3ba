using System.Collections.Immutable;
using System.Resources;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dkim;

/// <summary>DKIM keys of a domain (RFC 6376, 8301, 8463).</summary>
public sealed class DkimCheck : CheckFamily<DkimObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "dkim",
        "DKIM",
        FamilyKind.Dns,
        DkimFindings.All,
        new ResourceManager("MailDashboard.Checks.Dkim.DkimTexts", typeof(DkimCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<DkimObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var roles = await context.RolesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var given = context.Target.Selectors
            .Select(s => DkimSelectors.Normalize(s, context.Domain))
            .Where(s => s.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Take(DkimSelectors.MaximumGiven)
            .ToImmutableArray();
        var observation = new DkimObservation(context.Domain, roles.Sends) { IsSaidMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false) };
        if (observation.IsSaidMissing || (!roles.Sends && given.IsEmpty))
        {
            return observation;
        }

        var node = context.Dns.QueryAsync(DkimSelectors.NodeName(context.Domain), DnsRecordType.TXT, cancellationToken);
        var wildcard = context.Dns.QueryAsync(DkimSelectors.RecordName(DkimSelectors.Improbable, context.Domain), DnsRecordType.TXT, cancellationToken);
        var answers = await AskAsync(context, given, isGiven: true, cancellationToken).ConfigureAwait(false);
        observation = observation with
        {
            Node = await node.ConfigureAwait(false),
            Wildcard = await wildcard.ConfigureAwait(false),
            Selectors = answers,
        };
        return roles.Sends ? await TryWellKnownAsync(context, observation, cancellationToken).ConfigureAwait(false) : observation;
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(DkimObservation observation) => DkimAnalyzer.Analyze(observation);

    /// <summary>
    /// NXDOMAIN for the node rules out every selector at once and saves thirty questions. It is not believed blindly: the
    /// commonest names are asked all the same, and one answer of any selector brings in the rest.
    /// </summary>
    private static async Task<DkimObservation> TryWellKnownAsync(AuditContext context, DkimObservation seen, CancellationToken cancellationToken)
    {
        var contradicted = seen.Selectors.Any(s => s.Answer.Status == DnsStatus.Answered);
        if (!seen.Node!.IsDefinite && !contradicted)
        {
            return seen;
        }

        var ruledOut = seen.Node.Status == DnsStatus.NxDomain && !contradicted;
        var asked = await MoreAsync(ruledOut ? DkimSelectors.Commonest : DkimSelectors.WellKnown, seen).ConfigureAwait(false);
        return ruledOut && asked.Selectors.Any(s => s.Answer.Status == DnsStatus.Answered)
            ? await MoreAsync(DkimSelectors.WellKnown, asked).ConfigureAwait(false)
            : asked;

        async Task<DkimObservation> MoreAsync(IEnumerable<string> names, DkimObservation soFar) => soFar with
        {
            Selectors = soFar.Selectors.AddRange(
                await AskAsync(context, names.Except(soFar.Selectors.Select(s => s.Selector)), isGiven: false, cancellationToken).ConfigureAwait(false)),
        };
    }

    private static async Task<ImmutableArray<DkimSelectorAnswer>> AskAsync(
        AuditContext context,
        IEnumerable<string> selectors,
        bool isGiven,
        CancellationToken cancellationToken)
    {
        var asked = selectors.Select(async selector => new DkimSelectorAnswer(
            selector,
            isGiven,
            await context.Dns.QueryAsync(DkimSelectors.RecordName(selector, context.Domain), DnsRecordType.TXT, cancellationToken).ConfigureAwait(false)));
        return [.. await Task.WhenAll(asked).ConfigureAwait(false)];
    }
}
