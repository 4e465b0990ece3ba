using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing;

/// <summary>Plans who receives (RFC 5321 §5.1), and that nobody does (RFC 7505).</summary>
internal static class MxPlanner
{
    private const string NullMx = "0 .";

    public static IEnumerable<PlannedRecord> Plan(PublishingRequest request, CurrentRecords current)
    {
        var domain = request.Domain;
        if (request.Roles.IsParked)
        {
            return [RecordSets.Exchangers(request, current, PlanPart.Mx, domain, [NullMx], Reason.Of(Because.MxNull))];
        }

        if (!request.Roles.Receives)
        {
            return [];
        }

        var why = Reason.Of(Because.MxReceives);
        if (!request.Exchangers.IsEmpty)
        {
            if (request.Exchangers.Select(e => DnsNames.Normalize(e.Host)).FirstOrDefault(h => !PlanNames.IsHost(h)) is { } unusable)
            {
                return [RecordSets.Cannot(request, PlanPart.Mx, domain, DnsRecordType.MX, Reason.Of(Because.HostUnusable, unusable), why)];
            }

            var wanted = request.Exchangers.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Preference} {DnsNames.Normalize(e.Host)}"));
            return [RecordSets.Exchangers(request, current, PlanPart.Mx, domain, [.. wanted], why)];
        }

        // Who receives is left as it is; that nobody does must be said.
        return current.WhyNot(domain, DnsRecordType.MX) is { } unknown ? [RecordSets.Cannot(request, PlanPart.Mx, domain, DnsRecordType.MX, unknown, why)]
            : current.ExchangerHosts(domain).IsEmpty ? [RecordSets.Cannot(request, PlanPart.Mx, domain, DnsRecordType.MX, Reason.Of(Because.MxUnknown), why)]
            : [RecordSets.Exchangers(request, current, PlanPart.Mx, domain, current.Exchangers(domain), why)];
    }

    /// <summary>The hosts that will receive once the plan is done.</summary>
    public static ImmutableArray<string> Hosts(PublishingRequest request, CurrentRecords current) =>
        request.Exchangers.IsEmpty ? current.ExchangerHosts(request.Domain) : [.. request.Exchangers.OrderBy(e => e.Preference).Select(e => DnsNames.Normalize(e.Host)).Where(PlanNames.IsHost)];
}
