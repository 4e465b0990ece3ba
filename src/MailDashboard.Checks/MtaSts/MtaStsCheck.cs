using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.MtaSts;

/// <summary>Whether senders may insist on encryption (RFC 8461): the record, the policy, and the mail servers it names.</summary>
public sealed class MtaStsCheck : CheckFamily<MtaStsObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "mta-sts",
        "STS",
        FamilyKind.Dns,
        MtaStsFindings.All,
        new("MailDashboard.Checks.MtaSts.MtaStsTexts", typeof(MtaStsCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<MtaStsObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var record = context.Dns.QueryAsync($"_mta-sts.{context.Domain}", DnsRecordType.TXT, cancellationToken);
        var targets = MxTargets.LookUpAsync(context, cancellationToken);
        var seen = new MtaStsObservation(
            context.Domain,
            await context.RolesAsync().WaitAsync(cancellationToken).ConfigureAwait(false),
            await record.ConfigureAwait(false),
            await targets.ConfigureAwait(false),
            context.Time.GetUtcNow())
        {
            IsSaidMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false),
        };
        if (seen.IsSaidMissing || !seen.Roles.Receives || !DnsNames.CanBeAsked(seen.PolicyHost))
        {
            return seen;
        }

        return context.Options.DnsOnly
            ? seen with { FetchWasNotWanted = await HasAddressAsync(context, seen.PolicyHost, cancellationToken).ConfigureAwait(false) }
            : seen with { Fetch = await context.FetchAsync(new HttpRequest(seen.PolicyAddress), cancellationToken).ConfigureAwait(false) };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(MtaStsObservation observation) => MtaStsAnalyzer.Analyze(observation);

    private static async Task<bool> HasAddressAsync(AuditContext context, string host, CancellationToken cancellationToken)
    {
        var a = context.Dns.QueryAsync(host, DnsRecordType.A, cancellationToken);
        var aaaa = context.Dns.QueryAsync(host, DnsRecordType.AAAA, cancellationToken);
        return await a.ConfigureAwait(false) is { IsDefinite: false } or { Status: DnsStatus.Answered }
            || await aaaa.ConfigureAwait(false) is { IsDefinite: false } or { Status: DnsStatus.Answered };
    }
}
