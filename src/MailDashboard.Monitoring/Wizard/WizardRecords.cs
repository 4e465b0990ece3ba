using System.Collections.Immutable;
using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Publishing;
using MailDashboard.Mail.Publishing.Looking;
using MailDashboard.Monitoring.Desired;
using MailDashboard.Monitoring.Scheduling;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>A look at one planned record.</summary>
public sealed record RecordSight(PlannedRecord Record, PublishedLook Look)
{
    /// <summary>It is there as planned.</summary>
    public bool IsSeen => Look is PublishedLook.Seen;
}

/// <summary>Looks for planned records where they are published, and remembers what was seen as what is wanted from now on.</summary>
public sealed class WizardRecords(LiveEngine engine, IDnsResolver dns, DesiredRecords desired, TimeProvider time)
{
    /// <summary>Records that can be looked for.</summary>
    public static ImmutableArray<PlannedRecord> Of(PublishingPlan plan) => [.. plan.Records.Where(r => r.Action != PlanAction.Cannot)];

    /// <summary>Looks once for each record, all at the same time.</summary>
    /// <param name="records">What to look for.</param>
    /// <param name="seen">Told of each as soon as it is known, on any thread.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ImmutableArray<RecordSight>> LookAsync(ImmutableArray<PlannedRecord> records, IProgress<RecordSight>? seen, CancellationToken cancellationToken)
    {
        var looker = new PublishedLooker(dns, await engine.GetAuthorityAsync(cancellationToken));
        return [.. await Task.WhenAll(records.Select(async r =>
        {
            var sight = new RecordSight(r, await looker.LookAsync(r, cancellationToken));
            seen?.Report(sight);
            return sight;
        }))];
    }

    /// <summary>What is known after a look: what was seen now, and what the plan still has of what was seen before and could not be asked now.</summary>
    public RecordsPart Note(RecordsPart part, PublishingPlan plan, ImmutableArray<RecordSight> sights) => Note(part, Of(plan), plan.Records.Length, sights, time.GetUtcNow());

    /// <summary>The same. Pure.</summary>
    public static RecordsPart Note(RecordsPart part, ImmutableArray<PlannedRecord> records, int planned, ImmutableArray<RecordSight> sights, DateTimeOffset now)
    {
        SeenRecord? Seen(PlannedRecord record)
        {
            var before = part.Seen.FirstOrDefault(s => s.Owner == record.Owner && s.Type == record.Type.ToString() && s.Values.SequenceEqual(record.Values));
            return sights.FirstOrDefault(s => s.Record == record) switch
            {
                { IsSeen: true } => before ?? new SeenRecord(record.Owner, record.Type.ToString(), record.Values, now),
                { Look: PublishedLook.CouldNotAsk } or null => before,
                _ => null,
            };
        }

        ImmutableArray<SeenRecord> seen = [.. records.Select(Seen).OfType<SeenRecord>()];
        var isStageThere = sights.Any(s => s is { IsSeen: true, Record.Part: PlanPart.Dmarc });
        return part with { Seen = seen, Planned = planned, StageSince = part.StageSince ?? (isStageThere ? now : null) };
    }

    /// <summary>Pins what was seen: from now on another value there is a finding.</summary>
    public async Task PinAsync(int domainId, string domain, ImmutableArray<RecordSight> sights, string by, CancellationToken cancellationToken)
    {
        foreach (var record in sights.Where(s => s.IsSeen).Select(s => s.Record).Where(r => IsWatched(r, domain)))
        {
            await desired.PinAsync(domainId, new DesiredDraft(record.Owner, record.Type.ToString(), record.Values), by, cancellationToken);
        }
    }

    /// <summary>A check looks at it; of others we would never know. Of several texts at the domain itself it is the SPF record.</summary>
    private static bool IsWatched(PlannedRecord record, string domain) => !record.Values.IsEmpty && record.Part switch
    {
        PlanPart.Mx or PlanPart.Spf => record.Owner == domain,
        PlanPart.Dkim => record.Owner != $"*.{DkimSelectors.NodeName(domain)}",
        PlanPart.Dmarc or PlanPart.TlsRpt => true,
        PlanPart.MtaSts => record.Type == DnsRecordType.TXT,
        _ => false,
    };
}
