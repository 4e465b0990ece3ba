using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Mail.Publishing;

/// <summary>Plans the SPF records (RFC 7208): the domain's own, and those of return paths below it.</summary>
internal static class SpfPlanner
{
    /// <summary>Longer records may not fit into one datagram (RFC 7208 §3.4), in characters.</summary>
    public const int ComfortableLength = 450;

    /// <summary>Longer ones are not proposed, in characters.</summary>
    public const int MaximumLength = 2000;

    private const string Closed = "v=spf1 -all";

    public static async Task<ImmutableArray<PlannedRecord>> PlanAsync(PublishingRequest request, CurrentRecords current, IDnsResolver dns, CancellationToken cancellationToken)
    {
        var own = request.Roles.Sends
            ? PlanAsync(request, current, dns, request.Domain, Wanted(request), cancellationToken)
            : Task.FromResult(RecordSets.Text(request, current, PlanPart.Spf, request.Domain, Closed, Old(current, request.Domain), Reason.Of(Because.SpfClosed, request.Domain)));
        var below = !request.Roles.Sends ? [] : request.Providers
            .Select(p => (Provider: p, Owner: ProviderPlanner.SpfOwner(p, request.Domain), Term: ProviderPlanner.SpfTerm(p, request.Domain)))
            .Where(p => p.Owner is not null && p.Owner != request.Domain && p.Term is not null)
            .GroupBy(p => p.Owner!, StringComparer.Ordinal)
            .Select(async g => await PlanAsync(request, current, dns, g.Key, [.. g.Select(p => p.Term!).Distinct()], cancellationToken).ConfigureAwait(false) with { Provider = g.First().Provider.Provider.Id });
        return [.. await Task.WhenAll(below.Prepend(own)).ConfigureAwait(false), .. NotSaid(request)];
    }

    /// <summary>Terms that the domain's own record needs.</summary>
    public static ImmutableArray<string> Wanted(PublishingRequest request) =>
    [
        .. new[]
        {
            request.ExchangersSend ? ["mx"] : [],
            request.SendingAddresses.Select(Term),
            request.SendingHosts.Select(h => $"a:{DnsNames.Normalize(h)}"),
            request.Providers.Where(p => ProviderPlanner.SpfOwner(p, request.Domain) == request.Domain).Select(p => ProviderPlanner.SpfTerm(p, request.Domain)).OfType<string>(),
        }.SelectMany(t => t).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private static async Task<PlannedRecord> PlanAsync(
        PublishingRequest request, CurrentRecords current, IDnsResolver dns, string owner, ImmutableArray<string> wanted, CancellationToken cancellationToken)
    {
        ImmutableArray<string> old = [.. Old(current, owner)];
        var why = Reason.Of(owner != request.Domain ? Because.SpfBelow : old.Length switch { 0 => Because.SpfFirst, 1 => Because.SpfMerged, _ => Because.SpfJoined }, owner);
        PlannedRecord Cannot(Reason obstacle) => RecordSets.Cannot(request, PlanPart.Spf, owner, DnsRecordType.TXT, obstacle, why);
        if (current.WhyNot(owner, DnsRecordType.TXT) is { } unknown)
        {
            return Cannot(unknown);
        }

        if (wanted.FirstOrDefault(w => SpfParser.Parse($"v=spf1 {w}") is { HasErrors: true } or { Terms.Length: not 1 }) is { } unusable)
        {
            return Cannot(Reason.Of(Because.HostUnusable, unusable));
        }

        if (wanted.IsEmpty && old.IsEmpty && request.Providers.IsEmpty)
        {
            return Cannot(Reason.Of(Because.SpfNobodyKnown));
        }

        var notes = ImmutableArray.CreateBuilder<Reason>();
        var missing = wanted;
        if (old is [var only] && SpfRecord.IsSpf(only))
        {
            var tree = await SpfTreeWalker.WalkDraftAsync(dns, owner, only, cancellationToken).ConfigureAwait(false);
            missing = [.. wanted.Where(w => !IsInside(tree.Root, w, notes))];
        }

        var merged = SpfMerge.Merge(old, missing, request.SpfEnding);
        if (merged.Text is not { } text)
        {
            return Cannot(merged.Obstacle!);
        }

        notes.AddRange(merged.Notes);
        if (text.EndsWith("~all", StringComparison.Ordinal) && old.IsEmpty)
        {
            notes.Add(Reason.Of(wanted.IsEmpty ? Because.SpfNobodyDirect : Because.SpfSoftEnd));
        }

        var counted = await SpfCounter.CountAsync(dns, owner, text, cancellationToken).ConfigureAwait(false);
        notes.AddRange(counted.Notes);
        if (text.Length > ComfortableLength)
        {
            notes.Add(Reason.Of(Because.SpfLong, Number(text.Length), Number(ComfortableLength)));
        }

        var obstacle = text.Length > MaximumLength ? Reason.Of(Because.SpfTooLong, Number(text.Length), Number(MaximumLength)) : counted.Obstacle;
        var planned = obstacle is null ? RecordSets.Text(request, current, PlanPart.Spf, owner, text, old, why) : Cannot(obstacle) with { Replaces = [.. old.Select(o => new OldRecord(DnsRecordType.TXT, o))] };
        return planned with { Notes = notes.ToImmutable(), Spf = counted.Count };
    }

    /// <summary>Providers whose term only the console knows, and nobody copied it.</summary>
    private static IEnumerable<PlannedRecord> NotSaid(PublishingRequest request) =>
        from chosen in request.Roles.Sends ? request.Providers : []
        where chosen.Provider.Spf.Term is not null && (ProviderPlanner.SpfTerm(chosen, request.Domain) is null || ProviderPlanner.SpfOwner(chosen, request.Domain) is null)
        let why = Reason.Of(Because.SpfProvider, chosen.Provider.Name.En)
        select RecordSets.Cannot(request, PlanPart.Spf, request.Domain, DnsRecordType.TXT, Reason.Of(Because.FieldMissing, chosen.Provider.Name.En), why) with { Provider = chosen.Provider.Id };

    /// <summary>Records, and texts that were meant as one.</summary>
    private static IEnumerable<string> Old(CurrentRecords current, string owner) =>
        current.Texts(owner).Where(SpfRecord.IsSpf).Concat(current.Find(owner, DnsRecordType.TXT) is { Aliases.IsEmpty: true } answer ? SpfNearMiss.Find(answer) : []);

    /// <summary>Whether an include that is wanted is already reached by way of others.</summary>
    private static bool IsInside(SpfTreeRecord record, string wanted, ImmutableArray<Reason>.Builder notes)
    {
        if (!wanted.StartsWith("include:", StringComparison.Ordinal))
        {
            return false;
        }

        var way = record.Terms.FirstOrDefault(t => Leads(t, wanted["include:".Length..], isFirst: true));
        if (way is not null)
        {
            notes.Add(Reason.Of(Because.SpfInside, wanted, way.Text));
        }

        return way is not null;
    }

    /// <summary>A term of the record itself that is the include needs no word; only the ways through others do.</summary>
    private static bool Leads(SpfNode node, string target, bool isFirst) =>
        node is { Included: { } included, Qualifier: SpfQualifier.Pass, Note: SpfNote.None }
        && ((!isFirst && node.Target == target) || included.Terms.Any(t => Leads(t, target, isFirst: false)));

    private static string Term(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork ? $"ip4:{plain}" : $"ip6:{plain}";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
