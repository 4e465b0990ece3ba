using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing.Looking;

/// <summary>Compares what stands at a name with what was planned, and recognises what consoles do to values.</summary>
internal static class DifferenceFinder
{
    /// <summary>A value cut shorter than this is another value.</summary>
    private const int ShortestCut = 12;

    /// <summary>Null where it is as planned; empty where nothing of the kind is there.</summary>
    public static ImmutableArray<Difference>? At(PlannedRecord record, ImmutableArray<string> seen)
    {
        if (record.Values.IsEmpty)
        {
            var old = seen.Where(s => IsOld(record, s)).ToList();
            return old.Count == 0 ? null : [.. old.Select(o => Of(record, DifferenceKind.OldValue, o, Because.OldValue, Cut(o)))];
        }

        return record.Type == DnsRecordType.TXT ? Text(record, record.Values[0], seen) : Names(record, seen);
    }

    /// <summary>The planned value at a name where it does not belong.</summary>
    public static IEnumerable<Difference> Misplaced(PlannedRecord record, DifferenceKind kind, string name, ImmutableArray<string> seen) => seen
        .Where(s => record.Type == DnsRecordType.TXT ? IsMeant(record.Values[0], s) : record.Values.Any(v => v == s || IsDoubled(record, v, s)))
        .Take(1)
        .Select(s => new Difference(kind, name, Cut(s), Reason.Of(kind == DifferenceKind.NameDoubled ? Because.NameDoubled : Because.AtZoneTop, name, RecordFormat.Host(record.Owner, record.Zone))));

    /// <summary>Something of another type at the name.</summary>
    public static IEnumerable<Difference> OtherType(PlannedRecord record, DnsRecordType type, ImmutableArray<string> seen) => seen.Take(1).Select(s => type == DnsRecordType.CNAME
        ? Of(record, DifferenceKind.AliasInstead, s, Because.AliasInstead, Cut(s), record.Type.ToString())
        : Of(record, DifferenceKind.TextInstead, s, Because.TextInstead, record.Type.ToString()));

    private static ImmutableArray<Difference>? Text(PlannedRecord record, string planned, ImmutableArray<string> seen)
    {
        // At the top of a zone stand texts of many matters; at the other names everything is about ours.
        var kind = TextComparison.Kind(planned);
        var isShared = record.Part is PlanPart.Spf or PlanPart.Verification;
        var same = seen.Where(s => TextComparison.SaysTheSame(s, planned)).ToList();
        var others = seen.Except(same).Where(s => isShared ? kind is not null && TextComparison.Kind(s) == kind || IsMeant(planned, s) || IsOld(record, s) : true).ToList();
        if (same.Count == 1 && (others.Count == 0 || record.Part == PlanPart.Verification))
        {
            return null;
        }

        if (same.Count + others.Count > 1 && record.Part != PlanPart.Verification)
        {
            var first = others.Count > 0 ? others[0] : same[0];
            return [Of(record, DifferenceKind.Several, first, Because.Several, Number(same.Count + others.Count)), .. others.Where(o => IsOld(record, o)).Select(o => Of(record, DifferenceKind.OldValue, o, Because.OldValue, Cut(o)))];
        }

        return [.. others.Take(1).Select(o => Judge(record, planned, o))];
    }

    private static Difference Judge(PlannedRecord record, string planned, string seen)
    {
        var unescaped = seen.Replace("\\;", ";", StringComparison.Ordinal);
        if (unescaped != seen && TextComparison.SaysTheSame(unescaped.Replace("\\ ", " ", StringComparison.Ordinal), planned))
        {
            return Of(record, DifferenceKind.SemicolonsEscaped, seen, Because.SemicolonsEscaped);
        }

        var plain = TextComparison.Plain(seen);
        if (plain != seen && TextComparison.SaysTheSame(TextComparison.Dense(plain), TextComparison.Dense(planned)))
        {
            return Of(record, DifferenceKind.QuotesInside, seen, Because.QuotesInside);
        }

        if (seen.Length >= ShortestCut && planned.Length > seen.Length && planned.StartsWith(seen, StringComparison.Ordinal))
        {
            return Of(record, DifferenceKind.Truncated, seen, Because.Truncated, Number(seen.Length), Number(planned.Length));
        }

        if (TextComparison.Dense(seen) == TextComparison.Dense(planned))
        {
            return Of(record, DifferenceKind.BlanksInside, seen, Because.BlanksInside);
        }

        return IsOld(record, seen) ? Of(record, DifferenceKind.OldValue, seen, Because.OldValue, Cut(seen)) : Of(record, DifferenceKind.OtherValue, seen, Because.OtherValue, Cut(seen));
    }

    private static ImmutableArray<Difference>? Names(PlannedRecord record, ImmutableArray<string> seen)
    {
        if (seen.Order(StringComparer.Ordinal).SequenceEqual(record.Values.Order(StringComparer.Ordinal)))
        {
            return null;
        }

        return
        [
            .. seen.Except(record.Values).Select(s =>
                record.Values.Any(v => IsDoubled(record, v, s)) ? Of(record, DifferenceKind.TargetDoubled, s, Because.TargetDoubled, Cut(s))
                : IsOld(record, s) ? Of(record, DifferenceKind.OldValue, s, Because.OldValue, Cut(s))
                : Of(record, DifferenceKind.OtherValue, s, Because.OtherValue, Cut(s))),
        ];
    }

    /// <summary>The text was meant, whatever a console did to it.</summary>
    private static bool IsMeant(string planned, string seen)
    {
        var (dense, plain) = (TextComparison.Dense(planned), TextComparison.Dense(TextComparison.Plain(seen)));
        return plain == dense || TextComparison.SaysTheSame(seen, planned) || (plain.Length >= ShortestCut && dense.StartsWith(plain, StringComparison.Ordinal));
    }

    private static bool IsOld(PlannedRecord record, string seen) => record.Replaces.Any(r => r.Type == record.Type && r.Value == seen);

    private static bool IsDoubled(PlannedRecord record, string planned, string seen) => seen == $"{planned}.{record.Zone}";

    private static Difference Of(PlannedRecord record, DifferenceKind kind, string seen, string why, params string[] arguments) =>
        new(kind, record.Owner, Cut(seen), Reason.Of(why, arguments));

    private static string Cut(string text) => text.Length <= Difference.MaximumSeen ? text : string.Concat(text.AsSpan(0, Difference.MaximumSeen - 1), "…");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
