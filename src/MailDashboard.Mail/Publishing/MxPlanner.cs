using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Providers;

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

        if (IsProposed(request, current))
        {
            return [OfProvider(request, current, request.MailboxProvider!)];
        }

        // Who receives is left as it is; that nobody does must be said.
        return current.WhyNot(domain, DnsRecordType.MX) is { } unknown ? [RecordSets.Cannot(request, PlanPart.Mx, domain, DnsRecordType.MX, unknown, why)]
            : current.ExchangerHosts(domain).IsEmpty ? [RecordSets.Cannot(request, PlanPart.Mx, domain, DnsRecordType.MX, Reason.Of(Because.MxUnknown), why)]
            : [RecordSets.Exchangers(request, current, PlanPart.Mx, domain, current.Exchangers(domain), why)];
    }

    /// <summary>The hosts that will receive once the plan is done.</summary>
    public static ImmutableArray<string> Hosts(PublishingRequest request, CurrentRecords current) =>
        !request.Exchangers.IsEmpty ? [.. request.Exchangers.OrderBy(e => e.Preference).Select(e => DnsNames.Normalize(e.Host)).Where(PlanNames.IsHost)]
        : IsProposed(request, current) ? [.. request.MailboxProvider!.Provider.Mx.OrderBy(r => r.Priority).Select(r => request.MailboxProvider.Fill(r.Value, request.Domain).Text).OfType<string>()]
        : current.ExchangerHosts(request.Domain);

    /// <summary>DNS says that nobody receives, and the provider of the mailboxes does.</summary>
    private static bool IsProposed(PublishingRequest request, CurrentRecords current) =>
        request.MailboxProvider is { Provider.Mx.IsEmpty: false } && current.WhyNot(request.Domain, DnsRecordType.MX) is null && current.ExchangerHosts(request.Domain).IsEmpty;

    private static PlannedRecord OfProvider(PublishingRequest request, CurrentRecords current, ChosenProvider chosen)
    {
        var (domain, name) = (request.Domain, chosen.Provider.Name.En);
        var why = Reason.Of(Because.MxProvider, name);
        ImmutableArray<string?> hosts = [.. chosen.Provider.Mx.Select(r => chosen.Fill(r.Value, domain).Text)];
        var planned = hosts.Contains(null)
            ? RecordSets.Cannot(request, PlanPart.Mx, domain, DnsRecordType.MX, Reason.Of(Because.FieldMissing, name), why)
            : RecordSets.Exchangers(request, current, PlanPart.Mx, domain, [.. chosen.Provider.Mx.Zip(hosts, (r, h) => string.Create(CultureInfo.InvariantCulture, $"{r.Priority} {h}"))], why);
        return planned with { Provider = chosen.Provider.Id, Notes = [.. chosen.Provider.Mx.Select(r => ProviderPlanner.Doubt(r, name)).OfType<Reason>().Take(1)] };
    }
}
