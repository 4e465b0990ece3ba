using System.Collections.Immutable;

namespace MailDashboard.Mail.Headers;

/// <summary>Puts the hops of a message in order.</summary>
internal static class HopChain
{
    /// <summary>How many of the last hops may belong to the receiving system.</summary>
    private const int ReceivingHops = 4;

    /// <summary>The topmost field is the latest: turned round, with the time since the hop before.</summary>
    public static ImmutableArray<ReceivedHop> Order(IEnumerable<ReceivedHop> topmostFirst, DateTimeOffset? date)
    {
        var before = date;
        var ordered = ImmutableArray.CreateBuilder<ReceivedHop>();
        foreach (var hop in topmostFirst.Reverse())
        {
            ordered.Add(hop with { Delay = hop.At - before });
            before = hop.At ?? before;
        }

        return ordered.ToImmutable();
    }

    public static TimeSpan? Total(ImmutableArray<ReceivedHop> hops, DateTimeOffset? date)
    {
        var times = hops.Select(h => h.At).Prepend(date).OfType<DateTimeOffset>().ToList();
        return times.Count < 2 ? null : times[^1] - times[0];
    }

    /// <summary>
    /// The results to believe: anybody can write such a field, and only the one of the system that received the message counts (RFC 8601
    /// §5). It bears a name of the organisation that wrote the last hops; where no field does, or there are no hops, it is the topmost one that bears none.
    /// </summary>
    public static AuthenticationField? Receiver(ImmutableArray<AuthenticationField> fields, ImmutableArray<ReceivedHop> hops)
    {
        var receiving = hops.TakeLast(ReceivingHops).Select(h => Alignments.Ending(h.By)).Where(e => e.Contains('.', StringComparison.Ordinal)).ToHashSet();
        return fields.FirstOrDefault(f => f.Server.Length > 0 && receiving.Contains(Alignments.Ending(f.Server)))
            ?? fields.FirstOrDefault(f => f.Server.Length == 0 || hops.IsEmpty);
    }
}
