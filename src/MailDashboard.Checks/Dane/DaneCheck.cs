using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dane;

/// <summary>Whether senders that go by DANE (RFC 7672) can deliver, and are held to encrypt.</summary>
public sealed class DaneCheck : CheckFamily<DaneObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } =
        new("dane", "DAN", FamilyKind.Dns, DaneFindings.All, new("MailDashboard.Checks.Dane.DaneTexts", typeof(DaneCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<DaneObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var roles = await context.RolesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var targets = await MxTargets.LookUpAsync(context, cancellationToken).ConfigureAwait(false);
        var seen = new DaneObservation(context.Domain, roles, targets, [])
        {
            IsSaidMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false),
            DnsOnly = context.Options.DnsOnly,
        };
        if (seen.IsSaidMissing || targets.IsNull || !targets.Mx.IsDefinite || (targets.IsImplicit && !roles.Receives))
        {
            return seen;
        }

        var hosts = await Task.WhenAll(targets.Hosts
            .Where(h => !h.Addresses.IsEmpty && DnsNames.CanBeAsked(Owner(h.Name)))
            .Select(h => TlsaLookup.FindAsync(context, h, cancellationToken))).ConfigureAwait(false);
        seen = seen with { Hosts = [.. hosts] };
        if (!seen.IsValidating && hosts.Any(h => !h.Records.IsEmpty))
        {
            seen = seen with { Root = await context.Dns.QueryAsync("", DnsRecordType.DNSKEY, cancellationToken).ConfigureAwait(false) };
        }

        // Without records the certificates are wanted for a proposal alone, and where nothing is signed there is none.
        return context.Options.DnsOnly || !hosts.Any(h => h.IsSecure)
            ? seen
            : seen with { Hosts = await DaneMeeting.MeetAsync(context, seen, cancellationToken).ConfigureAwait(false) };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(DaneObservation observation) => DaneAnalyzer.Analyze(observation);

    /// <summary>Where the TLSA records of a host are (RFC 7672 §2.2.3).</summary>
    internal static string Owner(string host) => $"_25._tcp.{host}";
}
