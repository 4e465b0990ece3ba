using System.Collections.Immutable;
using MailDashboard.Checks.TagLists;

namespace MailDashboard.Checks.Dmarc;

/// <summary>Judges the text of the domain's own record. A parent's is judged where the parent is audited.</summary>
internal static class DmarcRecordJudge
{
    public static void Judge(OutcomeBuilder outcome, DmarcObservation observation)
    {
        var discovery = observation.Discovery;
        if (!discovery.IsOwn)
        {
            return;
        }

        var record = discovery.Own.Record!;
        var subject = Subject.Domain(discovery.Domain);
        var seen = new Evidence("record", record.Text, discovery.Own.Answer.Server);

        void Say(FindingDefinition finding, string? part, params (string Tag, string? Value)[] changes)
        {
            ImmutableArray<Evidence> evidence = part is null ? [seen] : [new Evidence("part", part), seen];
            outcome.Report(new Finding(finding, subject, evidence, DmarcProposal.With(discovery.Domain, record, changes)));
        }

        var broken = record.InvalidTags.Select(Show).Concat(record.Faults.Where(f => f.Kind != TagFaultKind.Empty && !IsPolicy(f)).Select(f => f.Text)).ToList();
        if (broken.Count > 0)
        {
            Say(DmarcFindings.BrokenPart, string.Join("; ", broken));
        }

        if (record.Percent < 100)
        {
            Say(DmarcFindings.Percent, $"pct={record["pct"]}");
        }

        var removed = record.RemovedTags.Where(t => t.Name != "pct" || record.Percent == 100).Select(Show).ToList();
        if (removed.Count > 0)
        {
            Say(DmarcFindings.RemovedTags, string.Join("; ", removed));
        }

        if (record.UnknownTags.Any())
        {
            Say(DmarcFindings.UnknownTags, string.Join("; ", record.UnknownTags.Select(Show)));
        }

        if (record.PublicSuffix == 'y')
        {
            Say(DmarcFindings.PublicSuffix, "psd=y", ("psd", null));
        }

        if (!record.IsBroken && discovery.OrganizationalDomain == discovery.Domain)
        {
            JudgeSubdomains(record, Say);
        }
    }

    private static void JudgeSubdomains(DmarcRecord record, Action<FindingDefinition, string?, (string Tag, string? Value)[]> say)
    {
        var own = record.Policy!.Value;
        var existing = record.SubdomainPolicy ?? own;
        var missing = record.NonexistentPolicy ?? existing;
        if (existing < own)
        {
            say(DmarcFindings.WeakSubdomains, $"sp={record["sp"]}", [("sp", null)]);
        }

        if (missing < existing)
        {
            say(DmarcFindings.WeakNonexistent, $"np={record["np"]}", [("np", "reject")]);
        }
        else if (record.NonexistentPolicy is null && existing < DmarcPolicy.Reject)
        {
            say(DmarcFindings.NoNonexistentPolicy, null, [("np", "reject")]);
        }
    }

    /// <summary>A policy with a character that no value can have is an invalid policy, and said as that.</summary>
    private static bool IsPolicy(TagFault fault) =>
        fault.Kind == TagFaultKind.BadValue && fault.Text.Split('=')[0].Trim().ToLowerInvariant() is "p" or "sp" or "np";

    private static string Show(Tag tag) => $"{tag.Name}={tag.Value}";
}
