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

/// <summary>What a look at a plan showed.</summary>
public sealed record WizardLook(ImmutableArray<RecordSight> Records, ImmutableArray<FileSight> Files);

/// <summary>Looks for planned records and files where they are published, and remembers what was seen as what is wanted from now on.</summary>
public sealed class WizardRecords(LiveEngine engine, IDnsResolver dns, DesiredRecords desired, TimeProvider time)
{
    /// <summary>Records that can be looked for.</summary>
    public static ImmutableArray<PlannedRecord> Of(PublishingPlan plan) => [.. plan.Records.Where(r => r.Action != PlanAction.Cannot)];

    /// <summary>Looks once for each record and file, all at the same time.</summary>
    /// <param name="plan">What to look for.</param>
    /// <param name="seen">Told of each record as soon as it is known, on any thread.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WizardLook> LookAsync(PublishingPlan plan, IProgress<RecordSight>? seen, CancellationToken cancellationToken)
    {
        var looker = new PublishedLooker(dns, await engine.GetAuthorityAsync(cancellationToken));
        var http = await engine.GetHttpAsync(cancellationToken);
        var files = plan.Files.Select(async f => new FileSight(f, WizardFiles.Judge(f, await WizardFiles.FetchAsync(http, dns, f.Address, cancellationToken)))).ToList();
        var records = await Task.WhenAll(Of(plan).Select(async r =>
        {
            var sight = new RecordSight(r, await looker.LookAsync(r, cancellationToken));
            seen?.Report(sight);
            return sight;
        }));
        return new WizardLook([.. records], [.. await Task.WhenAll(files)]);
    }

    /// <summary>What is known after a look: what was seen now, and what the plan still has of what was seen before and could not be asked now.</summary>
    public RecordsPart Note(RecordsPart part, WizardPlan plan, WizardLook look, DateTimeOffset? stageSince) => Note(part, plan, look, stageSince, time.GetUtcNow());

    /// <summary>The same. Pure.</summary>
    /// <param name="part">What was known before.</param>
    /// <param name="plan">What was looked for.</param>
    /// <param name="look">What was seen.</param>
    /// <param name="stageSince">Since when checks have seen the stage of DMARC; null where they have not.</param>
    /// <param name="now">Now (UTC).</param>
    public static RecordsPart Note(RecordsPart part, WizardPlan plan, WizardLook look, DateTimeOffset? stageSince, DateTimeOffset now)
    {
        SeenRecord? Seen(PlannedRecord record)
        {
            var before = part.Seen.FirstOrDefault(s => s.Is(record));
            return look.Records.FirstOrDefault(s => s.Record == record) switch
            {
                { IsSeen: true } => before ?? new SeenRecord(record.Owner, record.Type.ToString(), record.Values, now),
                { Look: PublishedLook.CouldNotAsk } or null => before,
                _ => null,
            };
        }

        SeenRecord? SeenFile(PlannedFile file)
        {
            var before = part.Seen.FirstOrDefault(s => s.Is(file));
            return look.Files.FirstOrDefault(s => s.File == file)?.State switch
            {
                FileState.Seen => before ?? new SeenRecord(file.Address.AbsoluteUri, SeenRecord.File, [file.Text], now),
                FileState.CouldNotAsk or null => before,
                _ => null,
            };
        }

        ImmutableArray<SeenRecord> seen = [.. Of(plan.Publishing).Select(Seen).Concat(plan.Publishing.Files.Select(SeenFile)).OfType<SeenRecord>()];
        var noted = part with { Seen = seen, Planned = plan.Count };
        return look.Records.Any(s => s is { IsSeen: true, Record.Part: PlanPart.Dmarc }) ? noted with
        {
            Stage = plan.Stage,
            IsSteppedBack = false,
            StageSince = (part.Stage == plan.Stage ? part.StageSince : null) ?? stageSince ?? now,
        } : noted;
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
