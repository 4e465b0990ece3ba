using System.Collections.Immutable;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Checks.Compliance;

/// <summary>Judges what is known of a domain by the rules of mailbox providers. Pure.</summary>
public static class ComplianceJudge
{
    /// <summary>One verdict per provider, in the order of the catalogue.</summary>
    public static ImmutableArray<ProviderVerdict> Judge(DomainStanding standing, ComplianceCatalogue catalogue, BlocklistCatalogue lists)
    {
        // Providers ask for the same things: each is judged once.
        var topics = new Dictionary<string, SignalVerdict>(StringComparer.Ordinal);
        return [.. catalogue.Providers.Select(p => new ProviderVerdict(p, [.. p.Requirements.Select(r => Judge(r, standing, lists, topics))]))];
    }

    private static RequirementVerdict Judge(ProviderRequirement requirement, DomainStanding standing, BlocklistCatalogue lists, Dictionary<string, SignalVerdict> topics)
    {
        if (!standing.Roles.Sends)
        {
            return new(requirement, ComplianceStatus.NotApplicable, [new(ComplianceCause.DoesNotSend)]);
        }

        if (standing.DailyVolume < requirement.From)
        {
            return new(requirement, ComplianceStatus.NotApplicable, [new(ComplianceCause.BelowVolume) { Number = requirement.From }]);
        }

        if (!topics.TryGetValue(requirement.Topic.Id, out var verdict))
        {
            topics[requirement.Topic.Id] = verdict = Judge(requirement.Topic, standing, lists);
        }

        if (verdict.Status != ComplianceStatus.NotMet)
        {
            return new(requirement, verdict.Status, verdict.Reasons);
        }

        // What is broken harms only those whom the rule concerns, and only where it is a demand.
        var softened = !requirement.IsMust ? new ComplianceReason(ComplianceCause.Recommended)
            : requirement.From > 0 && standing.DailyVolume is null ? new ComplianceReason(ComplianceCause.VolumeNotStated) { Number = requirement.From }
            : requirement.IsForBulk ? new ComplianceReason(ComplianceCause.BulkWithoutNumber)
            : null;
        return softened is null
            ? new(requirement, ComplianceStatus.NotMet, verdict.Reasons)
            : new(requirement, ComplianceStatus.AtRisk, [softened, .. verdict.Reasons]);
    }

    private static SignalVerdict Judge(RequirementTopic topic, DomainStanding standing, BlocklistCatalogue lists)
    {
        if (topic.NeedsReceiving && !standing.Roles.Receives)
        {
            return new(ComplianceStatus.NotMet, [new(ComplianceCause.DoesNotReceive)]);
        }

        var elsewhere = new ComplianceReason(ComplianceCause.Elsewhere);
        if (topic.Signals.IsEmpty)
        {
            return new(ComplianceStatus.NotMeasurable, [elsewhere]);
        }

        var verdicts = topic.Signals.Select(s => SignalVerdict.Of(s, standing, lists)).ToList();
        var together = topic.IsAnyEnough ? Best(verdicts) : Worst(verdicts);
        return together.Status switch
        {
            ComplianceStatus.Met when topic.IsPartial => new(ComplianceStatus.NotMeasurable, [elsewhere]),
            ComplianceStatus.NotMeasurable => together with { Reasons = [.. together.Reasons, elsewhere] },
            _ => together,
        };
    }

    private static SignalVerdict Worst(List<SignalVerdict> verdicts)
    {
        var worst = verdicts.Max(v => v.Status);
        return new(worst, [.. verdicts.Where(v => v.Status == worst).SelectMany(v => v.Reasons)]);
    }

    /// <summary>One that is met is enough. A weak one is known to be there; one that could not be seen may be.</summary>
    private static SignalVerdict Best(List<SignalVerdict> verdicts) =>
        verdicts.Find(v => v.Status == ComplianceStatus.Met)
        ?? verdicts.Find(v => v.Status == ComplianceStatus.AtRisk)
        ?? (verdicts.Exists(v => v.Status == ComplianceStatus.Undetermined)
            ? new(ComplianceStatus.Undetermined, [.. verdicts.SelectMany(v => v.Reasons)])
            : new(ComplianceStatus.NotMet, [.. verdicts.SelectMany(v => v.Reasons)]));
}
