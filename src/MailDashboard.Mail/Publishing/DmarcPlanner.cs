using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing;

/// <summary>Plans the DMARC record (RFC 9989): the stage that is wanted, everything else kept, nothing made weaker.</summary>
internal static class DmarcPlanner
{
    private static readonly ImmutableArray<string> Order = ["v", "p", "sp", "np", "psd", "t", "adkim", "aspf", "fo", "rua", "ruf"];

    public static PlannedRecord Plan(PublishingRequest request, CurrentRecords current)
    {
        var owner = $"_dmarc.{request.Domain}";
        var texts = current.Texts(owner);
        var records = Read(current, request.Domain);
        var there = records.OrderByDescending(Strength).FirstOrDefault();
        var stage = request.Roles.Sends ? request.DmarcStage : DmarcStage.Reject;
        var why = Reason.Of(!request.Roles.Sends ? Because.DmarcClosed : Key(stage));
        if (request.DmarcReports is not null && ReportConsent.Destination(request.DmarcReports).IsEmpty)
        {
            return RecordSets.Cannot(request, PlanPart.Dmarc, owner, DnsRecordType.TXT, Reason.Of(Because.ReportAddressUnusable, request.DmarcReports), why);
        }

        var notes = ImmutableArray.CreateBuilder<Reason>();
        if (records.Count > 1)
        {
            notes.Add(Reason.Of(Because.DmarcJoined));
        }

        var tags = Compose(request, there, stage, notes);
        if (!tags.ContainsKey("rua"))
        {
            if (stage == DmarcStage.Monitor && current.WhyNot(owner, DnsRecordType.TXT) is null)
            {
                return RecordSets.Cannot(request, PlanPart.Dmarc, owner, DnsRecordType.TXT, Reason.Of(Because.DmarcNeedsReports), why) with { Replaces = [.. texts.Select(t => new OldRecord(DnsRecordType.TXT, t))] };
            }

            if (request.Roles.Sends)
            {
                notes.Add(Reason.Of(Because.DmarcNoReports));
            }
        }

        var text = string.Join("; ", tags.OrderBy(t => Order.IndexOf(t.Key) is var i && i < 0 ? Order.Length : i).Select(t => $"{t.Key}={t.Value}"));
        return RecordSets.Text(request, current, PlanPart.Dmarc, owner, text, texts, why) with { Notes = notes.ToImmutable() };
    }

    /// <summary>The records that are there, and what was meant by texts that a console spoilt.</summary>
    public static List<DmarcRecord> Read(CurrentRecords current, string domain) =>
        [.. current.Texts($"_dmarc.{domain}").Select(t => DmarcRecord.Parse(t) ?? DmarcRecord.Parse(TextComparison.Plain(t))).OfType<DmarcRecord>()];

    /// <summary>The stage that a record amounts to.</summary>
    public static DmarcStage StageOf(DmarcRecord record) => (record.RequestedFor(isOwn: true, exists: true) ?? DmarcPolicy.None, IsTesting(record)) switch
    {
        (DmarcPolicy.Reject, false) => DmarcStage.Reject,
        (DmarcPolicy.Reject, true) or (DmarcPolicy.Quarantine, false) => DmarcStage.Quarantine,
        (DmarcPolicy.Quarantine, true) => DmarcStage.TestQuarantine,
        _ => DmarcStage.Monitor,
    };

    private static Dictionary<string, string> Compose(PublishingRequest request, DmarcRecord? there, DmarcStage stage, ImmutableArray<Reason>.Builder notes)
    {
        var unusable = there is null ? [] : there.InvalidTags.Concat(there.InvalidPolicies).Concat(there.RemovedTags).ToHashSet();
        var tags = there?.Tags.Except(unusable).ToDictionary(t => t.Name, t => t.Value, StringComparer.Ordinal) ?? [];
        notes.AddRange(unusable.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => Reason.Of(Because.DmarcTagDropped, $"{t.Name}={t.Value}")));
        tags["v"] = "DMARC1";
        SetPolicy(tags, request.MayWeakenDmarc ? null : there, stage, notes);
        SetSubdomains(tags, request.Roles.Sends, stage, notes);
        SetReports(tags, there, request);
        return tags;
    }

    private static void SetPolicy(Dictionary<string, string> tags, DmarcRecord? there, DmarcStage stage, ImmutableArray<Reason>.Builder notes)
    {
        var policy = stage switch { DmarcStage.Monitor => DmarcPolicy.None, DmarcStage.Reject => DmarcPolicy.Reject, _ => DmarcPolicy.Quarantine };
        if (there is { IsBroken: false } && (StageOf(there) > stage || (StageOf(there) == stage && there.Policy > policy)))
        {
            notes.Add(Reason.Of(Because.DmarcStronger, there.Policy!.Value.Keyword()));
            if (IsTesting(there))
            {
                tags["t"] = "y";
            }

            return;
        }

        tags["p"] = policy.Keyword();
        tags.Remove("t");
        if (stage == DmarcStage.TestQuarantine)
        {
            tags["t"] = "y";
        }
    }

    private static void SetSubdomains(Dictionary<string, string> tags, bool sends, DmarcStage stage, ImmutableArray<Reason>.Builder notes)
    {
        if (!sends)
        {
            tags.Remove("sp");
        }
        else if (DmarcPolicies.Read(tags.GetValueOrDefault("sp")) < DmarcPolicies.Read(tags["p"]))
        {
            notes.Add(Reason.Of(Because.DmarcSubdomainsWeaker, tags["sp"], tags["p"]));
        }

        if (stage > DmarcStage.Monitor || !sends)
        {
            // A name that does not exist has sent nothing that could get lost.
            tags["np"] = DmarcPolicy.Reject.Keyword();
        }
    }

    private static void SetReports(Dictionary<string, string> tags, DmarcRecord? there, PublishingRequest request)
    {
        foreach (var (tag, uris) in new[] { ("rua", there?.AggregateDestinations ?? []), ("ruf", there?.FailureDestinations ?? []) })
        {
            // The usual slip is an address without "mailto:" before it.
            var repaired = uris.Select(u => u.IsValid ? u : DmarcUri.Parse($"mailto:{u.Text}")).Where(u => u.IsValid);
            var all = repaired.Concat(tag == "rua" ? ReportConsent.Destination(request.DmarcReports) : []).Select(u => u.Text).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            tags.Remove(tag);
            if (all.Count > 0)
            {
                tags[tag] = string.Join(',', all);
            }
        }
    }

    /// <summary>pct=0 was how RFC 7489 said what t=y says now.</summary>
    private static bool IsTesting(DmarcRecord record) => record.IsTesting || record.Percent == 0;

    private static int Strength(DmarcRecord record) => record.IsBroken ? -1 : (int)StageOf(record);

    private static string Key(DmarcStage stage) => stage switch
    {
        DmarcStage.Monitor => Because.DmarcMonitor,
        DmarcStage.TestQuarantine => Because.DmarcTest,
        DmarcStage.Quarantine => Because.DmarcQuarantine,
        _ => Because.DmarcReject,
    };
}
