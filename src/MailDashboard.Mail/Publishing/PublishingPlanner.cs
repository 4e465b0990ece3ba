using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing;

/// <summary>Computes what to publish for a domain from what is there and what is wanted.</summary>
public static class PublishingPlanner
{
    /// <summary>Where senders look for a domain's MTA-STS policy (RFC 8461 §3.2).</summary>
    public static Uri MtaStsAddress(string domain) => TransportPlanner.PolicyAddress(domain);

    /// <summary>
    /// Makes the plan. Pure, but for the look-ups that an SPF record costs: what it includes has to be asked. What DNS does not tell becomes
    /// a record that cannot be planned, or a note.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<PublishingPlan> PlanAsync(PublishingRequest request, CurrentRecords current, IDnsResolver dns, CancellationToken cancellationToken)
    {
        var spf = await SpfPlanner.PlanAsync(request, current, dns, cancellationToken).ConfigureAwait(false);
        var providers = request.Roles.Sends ? ProviderPlanner.Plan(request, current) : [];
        var dmarc = DmarcPlanner.Plan(request, current);
        var (transport, file) = TransportPlanner.Plan(request, current);

        // Who is allowed and what is signed comes before what happens to the rest.
        ImmutableArray<PlannedRecord> records =
        [
            .. MxPlanner.Plan(request, current), .. providers, .. DkimPlanner.Plan(request, current), .. spf,
            .. ReportConsent.Plan(request, current, dmarc), dmarc, .. transport,
        ];
        return new PublishingPlan(request.Domain, request.Zone, Settle(request, records), file is null ? [] : [file], [.. Notes(request)]);
    }

    /// <summary>Two that want different things of one name: the first one gets it. An alias has its name for itself.</summary>
    private static ImmutableArray<PlannedRecord> Settle(PublishingRequest request, ImmutableArray<PlannedRecord> records)
    {
        var settled = ImmutableArray.CreateBuilder<PlannedRecord>();
        foreach (var record in records)
        {
            var taken = record.Values.IsEmpty ? null : settled.FirstOrDefault(s => s.Owner == record.Owner && !s.Values.IsEmpty
                && (s.Type == DnsRecordType.CNAME || record.Type == DnsRecordType.CNAME || (s.Type == record.Type && IsSameMatter(s, record))));
            if (taken is null)
            {
                settled.Add(record);
            }
            else if (taken.Type != record.Type || !taken.Values.SequenceEqual(record.Values))
            {
                settled.Add(RecordSets.Cannot(request, record.Part, record.Owner, record.Type, Reason.Of(Because.OwnerTaken, record.Owner), record.Why) with { Provider = record.Provider });
            }
        }

        return settled.ToImmutable();
    }

    /// <summary>Texts of different matters live side by side at one name.</summary>
    private static bool IsSameMatter(PlannedRecord one, PlannedRecord other) => one.Type != DnsRecordType.TXT || (one.Part == other.Part && one.Part != PlanPart.Verification);

    private static IEnumerable<Reason> Notes(PublishingRequest request)
    {
        if (request.Roles is { Sends: true, Receives: false })
        {
            yield return Reason.Of(Because.MxSendsOnly);
        }

        if (request.Roles.Sends && request.Keys.IsEmpty && request.Providers.All(p => p.Provider.Dkim.IsEmpty))
        {
            yield return Reason.Of(Because.DkimNobody);
        }
    }
}
