using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing;

/// <summary>A domain that receives another organisation's DMARC reports has to agree to it in its own zone (RFC 9990 §4, before RFC 7489 §7.1).</summary>
internal static class ReportConsent
{
    private const string Agreed = "v=DMARC1";

    public static string Name(string domain, string host) => $"{domain}._report._dmarc.{host}";

    /// <summary>An address as a destination; none where it is no address.</summary>
    public static ImmutableArray<DmarcUri> Destination(string? address) =>
        address?.Trim() is { Length: > 0 } plain && PlanNames.IsReportAddress(plain) && DmarcUri.Parse($"mailto:{plain}") is { IsValid: true, Host: not null } uri ? [uri] : [];

    /// <summary>Hosts outside the organisation.</summary>
    public static IEnumerable<string> Hosts(PublishingRequest request, IEnumerable<DmarcUri> destinations) =>
        destinations.Select(d => d.Host).OfType<string>().Where(h => h != request.Domain && !DnsNames.IsEqualOrBelow(h, request.Organization)).Distinct(StringComparer.Ordinal);

    public static IEnumerable<PlannedRecord> Plan(PublishingRequest request, CurrentRecords current, PlannedRecord dmarc) =>
        dmarc.Values is [var text] && DmarcRecord.Parse(text) is { } record
            ? Hosts(request, record.AggregateDestinations).Select(h => Plan(request, current, h))
            : [];

    private static PlannedRecord Plan(PublishingRequest request, CurrentRecords current, string host)
    {
        var owner = Name(request.Domain, host);
        var why = Reason.Of(Because.ReportConsent, host, request.Domain);
        var zone = request.OwnZones.Where(z => DnsNames.IsEqualOrBelow(host, z)).MaxBy(z => z.Length);
        var there = request with { Zone = zone ?? host };
        var planned = RecordSets.Text(there, current, PlanPart.ReportAuthorization, owner, Agreed, current.Texts(owner), why);

        // A wildcard of a service that takes everybody's reports agrees too, in whatever words come behind the version.
        if (current.Texts(owner).FirstOrDefault(t => DmarcRecord.Parse(t) is not null) is { } agreed)
        {
            return planned with { Action = PlanAction.AlreadyRight, Values = [agreed], Replaces = [] };
        }

        return zone is null && planned.Action != PlanAction.Cannot
            ? planned with { Action = PlanAction.Cannot, Obstacle = Reason.Of(Because.ReportConsentElsewhere, host, owner, Agreed) }
            : planned;
    }
}
