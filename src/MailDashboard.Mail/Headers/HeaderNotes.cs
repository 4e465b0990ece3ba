using System.Collections.Immutable;
using System.Globalization;

namespace MailDashboard.Mail.Headers;

/// <summary>Says what is odd.</summary>
internal static class HeaderNotes
{
    private const int MaximumNotes = 40;

    /// <summary>Longer than this, a hop is said to be slow.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMinutes(5);

    /// <summary>Fields are dated in whole seconds, and clocks differ by a little.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(-2);

    public static ImmutableArray<HeaderNote> Of(HeaderAnalysis analysis, List<HeaderField> fields, ImmutableArray<string> from, int received) =>
        [.. About(analysis, fields, from, received).Concat(Hops(analysis)).Concat(Arc(analysis.Arc)).Take(MaximumNotes)];

    private static IEnumerable<HeaderNote> About(HeaderAnalysis analysis, List<HeaderField> fields, ImmutableArray<string> from, int received)
    {
        if (received == 0)
        {
            yield return new HeaderNote(HeaderOddity.NoHops);
        }

        if (received > HeaderAnalyzer.MaximumHops)
        {
            yield return new HeaderNote(HeaderOddity.TooManyHops, [Number(received), Number(HeaderAnalyzer.MaximumHops)]);
        }

        if (analysis.FromDomain is null)
        {
            yield return new HeaderNote(HeaderOddity.NoFrom);
        }

        if (fields.Count(f => f.Name == "from") > 1 || from.Length > 1)
        {
            yield return new HeaderNote(HeaderOddity.SeveralFrom, [HeaderFields.Clean(string.Join(", ", from), 300)]);
        }

        if (analysis.Date is null)
        {
            yield return new HeaderNote(HeaderOddity.NoDate);
        }

        if (analysis.MessageId.Length == 0)
        {
            yield return new HeaderNote(HeaderOddity.NoMessageId);
        }

        var reply = HeaderAnalyzer.Addresses(HeaderAnalyzer.First(fields, "reply-to")).FirstOrDefault();
        if (reply is not null && analysis.FromDomain is { } domain && Alignments.Compare(domain, Alignments.DomainOf(reply)) == AlignmentKind.None)
        {
            yield return new HeaderNote(HeaderOddity.ReplyElsewhere, [Alignments.DomainOf(reply), domain]);
        }

        if (analysis.Unsubscribe is { IsOneClick: true, IsSigned: false })
        {
            yield return new HeaderNote(HeaderOddity.OneClickUnsigned);
        }
    }

    private static IEnumerable<HeaderNote> Hops(HeaderAnalysis analysis)
    {
        for (var i = 0; i < analysis.Hops.Length; i++)
        {
            var hop = analysis.Hops[i];
            if (hop.Delay < Tolerance)
            {
                yield return new HeaderNote(HeaderOddity.ClockSkew, [hop.By, Seconds(-hop.Delay.Value)]);
            }
            else if (hop.Delay > Slow)
            {
                yield return new HeaderNote(HeaderOddity.LongDelay, [hop.By, Seconds(hop.Delay.Value)]);
            }

            if (i > 0 && DoesNotJoin(analysis.Hops[i - 1], hop))
            {
                yield return new HeaderNote(HeaderOddity.BrokenChain, [analysis.Hops[i - 1].By, hop.From]);
            }

            if (!hop.IsEncrypted && hop.With.Contains("SMTP", StringComparison.OrdinalIgnoreCase) && IsBetweenOrganizations(hop))
            {
                yield return new HeaderNote(HeaderOddity.Unencrypted, [hop.From, hop.By]);
            }
        }
    }

    private static IEnumerable<HeaderNote> Arc(ImmutableArray<ArcSet> sets)
    {
        for (var i = 0; i < sets.Length; i++)
        {
            var set = sets[i];
            var expected = i == 0 ? set.ChainState == "none" : set.ChainState == "pass";
            if (set.Instance != i + 1 || !set.IsComplete || !expected)
            {
                yield return new HeaderNote(HeaderOddity.BrokenArc, [Number(set.Instance), set.ChainState]);
                yield break;
            }
        }
    }

    /// <summary>Hosts name themselves differently inside and outside: only another organisation makes a gap.</summary>
    private static bool DoesNotJoin(ReceivedHop before, ReceivedHop hop) =>
        IsName(before.By) && IsName(hop.From)
        && Alignments.Ending(before.By) != Alignments.Ending(hop.From)
        && !hop.Client.Contains(Alignments.Ending(before.By), StringComparison.OrdinalIgnoreCase);

    private static bool IsBetweenOrganizations(ReceivedHop hop) => IsName(hop.From) && IsName(hop.By) && Alignments.Ending(hop.From) != Alignments.Ending(hop.By);

    /// <summary>A host name, and no address, local name or the like.</summary>
    private static bool IsName(string host) => host.Contains('.', StringComparison.Ordinal) && char.IsAsciiLetter(host[^1]) && !host.EndsWith(".local", StringComparison.Ordinal) && !host.EndsWith(".internal", StringComparison.Ordinal);

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
