using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing;

/// <summary>Compares what is wanted at a name with what is there, and says what is to be done.</summary>
internal static class RecordSets
{
    /// <summary>One text at a name. What else is said there in the same matter goes.</summary>
    /// <param name="old">Texts of the same matter that are there.</param>
    public static PlannedRecord Text(PublishingRequest request, CurrentRecords current, PlanPart part, string owner, string text, IEnumerable<string> old, Reason why)
    {
        if (current.WhyNot(owner, DnsRecordType.TXT) is { } unknown)
        {
            return Cannot(request, part, owner, DnsRecordType.TXT, unknown, why);
        }

        var there = old.ToList();
        if (there is [var only] && TextComparison.SaysTheSame(only, text) && current.Alias(owner) is null)
        {
            return new PlannedRecord(part, request.Zone, owner, DnsRecordType.TXT, [only], PlanAction.AlreadyRight, why);
        }

        ImmutableArray<OldRecord> replaces = [.. there.Select(t => new OldRecord(DnsRecordType.TXT, t)), .. OldAlias(current, owner)];
        return Planned(request, current, part, owner, DnsRecordType.TXT, [text], replaces, why);
    }

    /// <summary>An alias, which tolerates nothing beside it (RFC 1034 §3.6.2).</summary>
    public static PlannedRecord Alias(PublishingRequest request, CurrentRecords current, PlanPart part, string owner, string target, Reason why)
    {
        if (current.WhyNot(owner, DnsRecordType.CNAME) is { } unknown)
        {
            return Cannot(request, part, owner, DnsRecordType.CNAME, unknown, why);
        }

        var alias = current.Alias(owner);
        if (alias == target)
        {
            return new PlannedRecord(part, request.Zone, owner, DnsRecordType.CNAME, [target], PlanAction.AlreadyRight, why);
        }

        var addresses = new[] { DnsRecordType.A, DnsRecordType.AAAA }.SelectMany(t => current.Find(owner, t) is { Aliases.IsEmpty: true } a ? a.Addresses.Select(i => new OldRecord(t, i.ToString())) : []);
        ImmutableArray<OldRecord> replaces = [.. OldAlias(current, owner), .. current.Texts(owner).Select(t => new OldRecord(DnsRecordType.TXT, t)), .. addresses];
        var planned = Planned(request, current, part, owner, DnsRecordType.CNAME, [target], replaces, why);
        return replaces.Any(r => r.Type != DnsRecordType.CNAME) ? planned with { Notes = [Reason.Of(Because.AliasAlone, owner)] } : planned;
    }

    /// <summary>All MX records of a name.</summary>
    public static PlannedRecord Exchangers(PublishingRequest request, CurrentRecords current, PlanPart part, string owner, ImmutableArray<string> values, Reason why)
    {
        if (current.WhyNot(owner, DnsRecordType.MX) is { } unknown)
        {
            return Cannot(request, part, owner, DnsRecordType.MX, unknown, why);
        }

        var there = current.Exchangers(owner);
        if (there.Order(StringComparer.Ordinal).SequenceEqual(values.Order(StringComparer.Ordinal)))
        {
            return new PlannedRecord(part, request.Zone, owner, DnsRecordType.MX, values, PlanAction.AlreadyRight, why);
        }

        return Planned(request, current, part, owner, DnsRecordType.MX, values, [.. there.Except(values).Select(v => new OldRecord(DnsRecordType.MX, v)), .. OldAlias(current, owner)], why);
    }

    /// <summary>What is there and has no business to be.</summary>
    public static IEnumerable<PlannedRecord> Leftovers(PublishingRequest request, CurrentRecords current, PlanPart part, string owner, Reason why) =>
        current.Texts(owner) is { IsEmpty: false } texts
            ? [Planned(request, current, part, owner, DnsRecordType.TXT, [], [.. texts.Select(t => new OldRecord(DnsRecordType.TXT, t))], why) with { Action = PlanAction.Remove }]
            : [];

    /// <summary>A record that cannot be planned.</summary>
    public static PlannedRecord Cannot(PublishingRequest request, PlanPart part, string owner, DnsRecordType type, Reason obstacle, Reason why) =>
        new(part, request.Zone, owner, type, [], PlanAction.Cannot, why) { Obstacle = obstacle };

    private static PlannedRecord Planned(
        PublishingRequest request, CurrentRecords current, PlanPart part, string owner, DnsRecordType type, ImmutableArray<string> values, ImmutableArray<OldRecord> replaces, Reason why) =>
        new(part, request.Zone, owner, type, values, replaces.IsEmpty ? PlanAction.Add : PlanAction.Change, why) { Replaces = replaces, OldTtl = current.Ttl(owner, type) };

    private static IEnumerable<OldRecord> OldAlias(CurrentRecords current, string owner) =>
        current.Alias(owner) is { } target ? [new OldRecord(DnsRecordType.CNAME, target)] : [];
}
